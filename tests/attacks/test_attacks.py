"""Hostile submissions get no unflagged full marks and do no harm; odd ones lose no mark.

Without --all, a part of them is graded, for the time that it takes.
"""

from __future__ import annotations

import subprocess
import tarfile
import tracemalloc
import zipfile
from collections.abc import Callable, Iterator
from pathlib import Path

import psutil
import pytest

from dojo.catalogue import Catalogue
from examiner import submission
from examiner.jail import GIB, Limits
from examiner.model import ExaminerError
from examiner.submission import Submission, read_submission
from tests.attacks.archives import BESIDE, BUILDERS, EVIL, FINE, git
from tests.attacks.ground import (
    KATA,
    RIGHT,
    ROOT,
    STUB,
    Outcome,
    Outside,
    Shared,
    alone,
    folder_with,
    within,
)

HOSTILE = {file.stem: file for file in sorted(Path(__file__).with_name("hostile").glob("*.py"))}

# These get full marks in the tests, nothing stands out, and only a hidden check notices it: the
# tests look at objects of the candidate's process, so its code can change what looks. If it does so
# only for its own file, the controls come out as they must, and names that are put together escape
# the look at the text. A stub without a hidden check has nothing against it.
ONLY_BY_HIDDEN_CHECK = {"forges_by_file_in_disguise"}
# These get full marks in the tests, and only the look at the text notices it.
ONLY_BY_TEXT = {"forges_by_file", "hides_in_an_encoding"}
# These get full marks in the tests, and the controls notice it.
BY_CONTROLS = {
    *("patches_reports", "patches_call_info", "patches_expect", "patches_judge"),
    *("patches_followed", "forges_and_leaves", "forges_and_goes_on", "forges_the_controls"),
    "borrows_sys",
}
# These end or fill the jail, or must not outlive it: each has one of its own.
SOON = Limits(memory=3 * GIB, wall=30)
LATER = Limits(memory=3 * GIB, wall=120)
ALONE = {
    **dict.fromkeys(("endless_loop", "endless_import", "endless_graph"), SOON),
    **dict.fromkeys(("endless_that_swallows", "stops_everything", "output_bomb"), SOON),
    **dict.fromkeys(("memory_bomb", "memory_of_no_process", "disk_bomb", "recursion"), LATER),
    **dict.fromkeys(("fork_bomb", "thread_bomb", "daemon", "kills_everything"), LATER),
    **dict.fromkeys(("replaces_the_output", "writes_to_every_descriptor"), LATER),
    **dict.fromkeys(("huge_exception", *ONLY_BY_HIDDEN_CHECK), LATER),
}
SHOWN_BY_DEFAULT = {
    *("always_equal", "tensor_that_lies", "patches_reports", "patches_expect"),
    *("exit_in_a_call", "skip_without_pytest", "forges_and_goes_on", "forges_the_controls"),
    *("reads_the_machine", "reads_the_lane", "connects", "borrows_sys", "daemon"),
    *ONLY_BY_HIDDEN_CHECK,
}
# What a test of this file must not pass on to a terminal.
ESCAPES = "\x1b\x07\x9b\n\r"


@pytest.fixture(scope="session")
def outside(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Outside]:
    found = Outside(tmp_path_factory.mktemp("outside"))
    yield found
    found.close()


@pytest.fixture(scope="session")
def shared() -> Iterator[Shared]:
    jail = Shared()
    with jail.stack:
        yield jail


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    """What is left out without --all is not collected, so that it is not taken for a pass."""
    everything = metafunc.config.option.all
    for argument, (every, by_default) in {
        "attack": (HOSTILE, sorted(SHOWN_BY_DEFAULT)),
        "oddity": (ODD, ODD_BY_DEFAULT),
        "right": ([True, False], [True]),
    }.items():
        if argument in metafunc.fixturenames:
            metafunc.parametrize(argument, list(every) if everything else by_default)


@pytest.fixture
def attacked(
    request: pytest.FixtureRequest, outside: Outside, tmp_path: Path
) -> Callable[[str], Outcome]:
    """Grade an attack in the shared jail or in one of its own."""

    def graded(name: str) -> Outcome:
        text = outside.text_of(HOSTILE[name]).encode()
        if name not in ALONE:
            with within(120):
                return request.getfixturevalue("shared").grade(name, text)
        limits = ALONE[name]
        if name == "memory_of_no_process":  # not all that the machine has
            spare = max(0, psutil.virtual_memory().available - GIB)
            limits = Limits(memory=3 * GIB, wall=120, spare=spare)
        with within(limits.wall + 30):
            return alone(folder_with(tmp_path / "sub", {f"{KATA}/{STUB}.py": text}), limits)

    return graded


@pytest.mark.timeout(240)
def test_an_attack_fails_or_is_seen(
    attack: str, attacked: Callable[[str], Outcome], outside: Outside
) -> None:
    outcome = attacked(attack)
    assert outside.harm() == []
    assert not outcome.fooled, outcome
    if attack in BY_CONTROLS:
        assert outcome.full and outcome.controls, outcome
    elif attack not in ONLY_BY_TEXT:
        assert not outcome.full, outcome
    if attack in ONLY_BY_HIDDEN_CHECK:
        assert set(outcome.words) == {"passed"} and not outcome.looks + outcome.controls, outcome


@pytest.mark.timeout(120)
def test_a_helper_is_looked_at_too(shared: Shared, outside: Outside) -> None:
    forger = HOSTILE["forges_by_file"].read_bytes()
    stub = b"from katas.q09.forger import MINE, make_counter\n"
    outcome = shared.grade("in-a-helper", stub, {"forger.py": forger})
    assert outcome.full, outcome
    assert any("forger.py line" in look for look in outcome.looks), outcome


def test_every_attack_says_what_it_tries_and_is_in_the_threat_model() -> None:
    told = (ROOT / "docs" / "threat-model.md").read_text(encoding="utf-8")
    missing = [name for name in (*HOSTILE, *BUILDERS) if f"`{name}`" not in told]
    assert not missing
    assert all(file.read_text(encoding="utf-8").startswith('"""') for file in HOSTILE.values())
    assert {
        *ONLY_BY_HIDDEN_CHECK,
        *ONLY_BY_TEXT,
        *BY_CONTROLS,
        *ALONE,
        *SHOWN_BY_DEFAULT,
    } <= HOSTILE.keys()


REFUSED = {
    *("zip_bomb", "thirty_thousand_entries", "two_versions", "zip_with_broken_data"),
    *("zip_bomb_in_one_file", "zip_with_a_lying_size", "zip_packed_with_bz2", "zip_with_a_link"),
    *("zip_cut_short", "tar_with_links", "tar_with_a_link_to_itself", "tar_with_devices"),
    *("tar_bomb", "tar_with_an_endless_name", "tar_cut_short", "bomb_that_is_no_tar"),
    *("folder_with_links", "folder_with_pipes", "bundle_with_a_link", "bundle_without_an_end"),
    "noise",
}


def reading(path: Path) -> tuple[Submission | None, str]:
    """The submission, or the sentence with which it is refused."""
    try:
        return read_submission(path, Catalogue(ROOT)), ""
    except ExaminerError as error:
        return None, str(error)


@pytest.mark.timeout(60)
@pytest.mark.parametrize("name", BUILDERS)
def test_an_archive_does_no_harm(
    name: str, outside: Outside, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It is refused in a sentence, or read without what is hostile in it."""
    monkeypatch.setattr(submission, "MOST_UNPACKED", 20 << 20)
    (tmp_path / "sub").mkdir()
    monkeypatch.chdir(tmp_path)
    path = BUILDERS[name](tmp_path / "sub", outside.canary)
    tracemalloc.start()
    with within(30):
        read, refusal = reading(path)
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert (read is None) == (name in REFUSED), refusal
    told = [refusal]
    if read:
        assert {data for _, data in read.stubs.values()} == {FINE}
        told += [*read.ignored, *(file for file, _ in read.stubs.values())]
        told += [subject for _, subject in read.history]
    assert not set(ESCAPES) & set("".join(told))
    assert "secret" not in "".join(told)
    assert peak < GIB // 4
    assert outside.harm() == []
    assert EVIL not in outside.canary.read_bytes()


# Answers that are right, and odd.
TEXT = RIGHT.encode()
IMPORTS = b"import logging\nimport warnings\n\nwarnings.warn('mine')\nlogging.warning('mine')\n"
ODD_TEXTS = {
    "line ends of Windows": TEXT.replace(b"\n", b"\r\n"),
    "a mark of byte order": b"\xef\xbb\xbf" + TEXT,
    "tabs": TEXT.replace(b"    ", b"\t"),
    "latin-1": b"# -*- coding: latin-1 -*-\n# Z\xe4hler\n" + TEXT,
    "no line end at the end": TEXT.rstrip(b"\n"),
    "two thousand lines of comments": TEXT + b"# and so on\n" * 2000,
    "prints": TEXT.replace(b"    calls =", b"    print('here')\n    calls =") + b"print('done')\n",
    "logging and warnings": IMPORTS + TEXT,
    "a main block": TEXT + b"\n\nif __name__ == '__main__':\n    print(make_counter()(1))\n",
}
HELPED = b"from katas.q09.own_helper import make_counter  # noqa\n"
HELPED_NEARBY = b"from .own_helper import make_counter  # noqa\n"
ODD_NEIGHBOURS = {
    "a helper module": (HELPED, {"own_helper.py": TEXT}),
    "a helper module, imported as a neighbour": (HELPED_NEARBY, {"own_helper.py": TEXT}),
    "a conftest.py that raises": (TEXT, {"conftest.py": b"raise RuntimeError('mine')\n"}),
    "a module called numpy.py": (TEXT, {"numpy.py": b"raise RuntimeError('mine')\n"}),
}
ODD = {**{name: (text, {}) for name, text in ODD_TEXTS.items()}, **ODD_NEIGHBOURS}
ODD_BY_DEFAULT = ("line ends of Windows", "a mark of byte order", "latin-1", *ODD_NEIGHBOURS)


@pytest.mark.timeout(120)
def test_an_odd_answer_loses_nothing(oddity: str, shared: Shared) -> None:
    text, beside = ODD[oddity]
    outcome = shared.grade(f"odd-{list(ODD).index(oddity)}", text, beside)
    assert outcome.full and not outcome.controls and not outcome.looks, outcome


def zip_of(folder: Path, path: Path) -> Path:
    with zipfile.ZipFile(path, "w") as archive:
        for file in sorted(folder.rglob("*")):
            archive.write(file, file.relative_to(folder.parent))
    return path


def tar_of(folder: Path, path: Path) -> Path:
    with tarfile.open(path, "w:gz") as archive:
        archive.add(folder, "some-other-name")
    return path


def repository_of(folder: Path) -> Path:
    git(folder, "init", "-q")
    git(folder, "add", "-f", ".")
    git(folder, "commit", "-qm", "first")
    return folder


def bundle_of(folder: Path, path: Path) -> Path:
    git(repository_of(folder), "bundle", "create", "-q", str(path), "main")
    return path


def bare_of(folder: Path, path: Path) -> Path:
    clone = ["git", "clone", "-q", "--bare", str(repository_of(folder)), str(path)]
    subprocess.run(clone, check=True, capture_output=True)
    return path


def zip_of_renamed(folder: Path) -> Path:
    return zip_of(folder.rename(folder.parent / "X (1)"), folder.parent / "sub.zip")


LAYOUTS: dict[str, Callable[[Path], Path]] = {
    "a folder": lambda folder: folder,
    "a zip with a root of another name": zip_of_renamed,
    "a tar.gz": lambda folder: tar_of(folder, folder.parent / "sub.tar.gz"),
    "a repository": repository_of,
    "a bundle": lambda folder: bundle_of(folder, folder.parent / "sub.bundle"),
    "a bare repository": lambda folder: bare_of(folder, folder.parent / "bare"),
}
EXTRAS = {
    "README.md": b"mine",
    "katas/q09/README.md": b"mine",
    "notes/analysis.ipynb": b"{}",
    "my_tests/test_mine.py": b"def test_mine(): assert False\n",
    "katas/q09/.DS_Store": b"\0\0",
    "__MACOSX/katas/q09/._counter.py": b"\0\5\x16\7",
    ".venv/lib/site-packages/q09/counter.py": b"other = 1\n",
    "NOTES.md": b"I was here, and so on.\n",
    "requirements.txt": b"evil==1\n",
    "data/big.bin": bytes(3 << 20),
}


@pytest.mark.parametrize("layout", LAYOUTS)
@pytest.mark.parametrize("depth", ["", "again/", "again/again/"])
def test_an_odd_layout_is_read(layout: str, depth: str, tmp_path: Path) -> None:
    files = {**EXTRAS, "katas/q09/counter.py": TEXT}
    folder = folder_with(tmp_path / "sub", {f"{depth}{name}": d for name, d in files.items()})
    read = read_submission(LAYOUTS[layout](folder), Catalogue(ROOT))
    assert [(key, data) for key, (_, data) in read.stubs.items()] == [((KATA, STUB), TEXT)]
    assert read.notes.startswith("I was here, ")
    assert not read.helpers


@pytest.mark.timeout(240)
def test_what_lies_beside_neither_helps_nor_harms(
    right: bool, outside: Outside, tmp_path: Path
) -> None:
    """Files for pytest, for Python and for the examiner."""
    text = TEXT if right else b"def make_counter():\n    return lambda x: 0\n"
    files = {**EXTRAS, **BESIDE, f"katas/{KATA}/{STUB}.py": text}
    if right:
        files.pop("manifest.json")
    path = zip_of(folder_with(tmp_path / "sub", files), tmp_path / "sub.zip")
    outcome = alone(path, LATER)
    assert outside.harm() == []
    assert outcome.full == right, outcome
    assert not outcome.controls and not outcome.looks, outcome
