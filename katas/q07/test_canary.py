import itertools
import os
import subprocess
import sys

import pytest

from dojo import expect
from katas.q07 import canary

USERS = {
    "names": [f"Иван{i}" for i in range(20000)],
    "padded numbers": [f"user-{i:06}" for i in range(20000)],
    "numbers": [str(i) for i in range(20000)],
    "addresses": [f"{name}.{i}@example.org" for name in ("ann", "bob") for i in range(10000)],
}


@pytest.mark.parametrize("kind", list(USERS))
def test_the_share_of_the_canary(kind):
    """Of many users, so many in a hundred get the canary.

    Names of users are alike: they count up, or end alike. Their buckets must not be; and a share
    may be a fraction of a percent.
    """
    for percent in (0, 0.5, 12.5, 50, 99.5, 100):
        right_share(kind, USERS[kind], percent)


def right_share(kind, users, percent):
    called = f"the users of 20000 {kind} with bucket(user, {percent}) == 'canary'"
    with expect.works(called):
        seen = [canary.bucket(user, percent) for user in users]
    others = sorted({repr(name) for name in seen} - {"'canary'", "'stable'"})
    expect.that(
        not others,
        called=f"bucket(user, {percent})",
        expected="'canary' or 'stable'",
        seen=" or ".join(others),
    )
    mean = len(users) * percent / 100
    most = 5 * (mean * (1 - percent / 100)) ** 0.5  # five standard deviations
    count = seen.count("canary")
    expected = f"{mean:g}" if not most else f"{mean:g}, give or take {most:.0f}"
    expect.that(abs(count - mean) <= most, called=called, expected=expected, seen=f"{count}")


def test_a_user_gets_the_same_every_time():
    """A user gets the same answer every time."""
    user = "ann.1@example.org"
    called = f"bucket({user!r}, 50), asked 50 times"
    with expect.works(called):
        seen = {canary.bucket(user, 50) for _ in range(50)}
    expect.that(
        len(seen) == 1, called=called, expected="one answer", seen=" and ".join(sorted(seen))
    )


def test_every_machine_gives_the_same():
    """Every machine gives the same answer.

    A balancer sends a user to one machine today and to another one tomorrow; what a process makes
    up for itself when it starts is not the same on both.
    """
    script = f"import runpy; bucket = runpy.run_path({canary.__file__!r})['bucket']; "
    script += "print(*(bucket(f'user {i}', 50) for i in range(200)))"
    called = "bucket(user, 50) of 200 users in two processes"
    with expect.works(called):
        canary.bucket("user 0", 50)
    answers = []
    for seed in ("1", "2"):
        env = {**os.environ, "PYTHONHASHSEED": seed}
        done = subprocess.run(
            [sys.executable, "-c", script], env=env, capture_output=True, text=True, check=False
        )
        error = done.stderr.strip().split("\n")[-1]
        expect.that(not done.returncode, called=called, expected="no exception", seen=error)
        answers.append(done.stdout.split())
    differ = sum(a != b for a, b in zip(*answers, strict=True))
    expect.same(differ, 0, called="users for whom two processes do not agree on bucket(user, 50)")


def test_nobody_loses_the_canary_when_it_grows():
    """Whoever has the canary keeps it when its share grows.

    A user who changes back and forth sees two products, and no experiment can be read.
    """
    users, had = USERS["numbers"][:2000], set()
    for before, percent in itertools.pairwise((0, 5, 20, 60, 95)):
        called = f"users with the canary at {before} % and without it at {percent} %"
        with expect.works(called):
            have = {user for user in users if canary.bucket(user, percent) == "canary"}
        expect.same(len(had - have), 0, called=called)
        had = have
