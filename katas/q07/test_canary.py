import itertools
import os
import subprocess
import sys

import pytest

from dojo import expect
from katas.q07 import canary

MANY, FEW = 40_000, 2000
NAMES = ["".join(letters) for letters in itertools.islice(itertools.permutations("aeinor"), 720)]
USERS = {
    "padded numbers": [f"customer-account-{i:06}" for i in range(FEW)],
    "numbers": [str(i) for i in range(MANY)],
    "addresses": [f"{n}.{i}@example.org" for i in range(FEW // 2) for n in ("ann", "bob")],
    "offices": [f"office@{i}.example" for i in range(FEW)],
    "names of 1980": [f"{name}.1980@example.org" for name in NAMES],
}


@pytest.mark.parametrize("kind", list(USERS))
def test_the_share_of_the_canary(kind):
    """Of many users, so many in a hundred get the canary.

    Names of users are alike: they count up, or begin or end alike. Where they end up must not be.
    """
    for percent in (0, 10, 50, 100):
        right_share(kind, USERS[kind][:FEW], percent)


@pytest.mark.beyond
def test_a_share_may_be_a_fraction():
    """A share may be a fraction of a percent.

    The first stage of a rollout is often smaller than one percent.
    """
    for percent, users in (0.04, MANY), (99.5, MANY // 4):
        right_share("numbers", USERS["numbers"][:users], percent)


@pytest.mark.beyond
def test_names_of_any_alphabet():
    """A name may have letters of any alphabet.

    A hash takes bytes, and an encoding says which bytes a letter is.
    """
    letters = str.maketrans("0123456789", "абвгдежз𠮷😀")
    right_share("names", [str(i).translate(letters) for i in range(FEW)], 20)


def right_share(kind, users, percent):
    called = f"the users of {len(users)} {kind} with bucket(user, {percent}) == 'canary'"
    with expect.works(called):
        seen = [canary.bucket(user, percent) for user in users]
    others = sorted({repr(name) for name in seen} - {"'canary'", "'stable'"})
    expect.that(
        not others,
        called=f"bucket(user, {percent})",
        expected="'canary' or 'stable'",
        seen=" or ".join(others),
        idea="",
    )
    mean = len(users) * percent / 100
    most = 5 * (mean * (1 - percent / 100)) ** 0.5  # five standard deviations
    count = seen.count("canary")
    expected = f"{mean:g}" if not most else f"{mean:g}, give or take {most:.0f}"
    expected += ", but not 0" * (0 < mean < most)
    expect.that(
        abs(count - mean) <= most and (count > 0 or not mean),
        called=called,
        expected=expected,
        seen=f"{count}",
        idea=None if most else "0 is for nobody, and 100 for everybody.",
    )


def test_a_user_gets_the_same_every_time():
    """A user gets the same answer every time.

    What the answer depends on has to belong to the user. A count of requests does not, nor does
    chance.
    """
    user = "ann.1@example.org"
    requests = ["".join(list(user)) for _ in range(50)]  # each has a str of its own
    called = f"bucket({user!r}, 50), asked 50 times"
    with expect.works(called):
        seen = {canary.bucket(user, 50) for user in requests}
    expect.that(
        len(seen) == 1, called=called, expected="one answer", seen=" and ".join(sorted(seen))
    )


@pytest.mark.timeout(90)  # a hash of TensorFlow's has it imported twice
def test_every_machine_gives_the_same():
    """Every machine gives the same answer.

    A balancer sends a user to one machine today and to another one next week. What a process makes
    up when it starts is different on each, and so are its name and the time.
    """
    script = "import os, socket, time; seed = int(os.environ['PYTHONHASHSEED']); now = time.time; "
    script += "socket.gethostname = lambda: f'machine-{seed}'; "
    script += "time.time = lambda: now() + seed * 1_000_000; "
    script += f"import runpy; bucket = runpy.run_path({canary.__file__!r})['bucket']; "
    script += "users = range(200)[:: 1 if seed == 1 else -1]; "  # each has them in another order
    script += "seen = {i: bucket(f'user {i}', 50) for i in users}; "
    script += "print(*(seen[i] for i in range(200)))"
    called = "bucket(user, 50) of 200 users in two processes"
    with expect.works(called):
        canary.bucket("user 0", 50)
    answers, pipe = [], subprocess.PIPE
    machines = [
        subprocess.Popen(
            [sys.executable, "-c", script],
            env={**os.environ, "PYTHONHASHSEED": seed},
            stdout=pipe,
            stderr=pipe,
            text=True,
        )
        for seed in ("1", "2")
    ]
    for machine in machines:
        output, errors = machine.communicate()
        error = errors.strip().split("\n")[-1]
        expect.that(not machine.returncode, called=called, expected="no exception", seen=error)
        answers.append(output.split())
    differ = sum(a != b for a, b in zip(*answers, strict=True))
    expect.same(differ, 0, called="users for whom two processes do not agree on bucket(user, 50)")


def test_nobody_loses_the_canary_when_it_grows():
    """Whoever has the canary keeps it when its share grows.

    A share that grows adds users, and takes the canary from nobody. So the share may be a
    threshold, and no part of what is hashed.
    """
    users, had = USERS["numbers"][:FEW], set()
    for before, percent in itertools.pairwise((0, 0.5, 5, 20, 60, 95)):
        called = f"users with the canary at {before} % and without it at {percent} %"
        with expect.works(called):
            have = {user for user in users if canary.bucket(user, percent) == "canary"}
        expect.same(len(had - have), 0, called=called)
        had = have
