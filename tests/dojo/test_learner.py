"""What a learner asks for between runs: how far they are, hints, a stub anew, the solution."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import Result
from typer.testing import CliRunner

from dojo.catalogue import Catalogue
from dojo.cli import app
from dojo.learner import listing, reset, terminal
from dojo.learner.solution import section
from dojo.learner.standing import standing
from dojo.report import results
from dojo.report.hints import file_of, shown_in
from dojo.report.results import Record, cache, file_in, files_now, read, write_json
from dojo.runner.messages import Request
from tests import toy

SHIPPED = toy.FILES["katas/q01/double.py"]
RIGHT = "def double(x):\n    return 2 * x\n"
NAMES = ("test_doubles", "test_keeps_the_sign")
BEYOND = toy.LIGHT_TEST.replace("def test_keeps", "@pytest.mark.beyond\ndef test_keeps").replace(
    "from katas", "import pytest\n\nfrom katas", 1
)
Dojo = Callable[..., Result]


@pytest.fixture
def checkout(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The toy, half done, with tests that need no TensorFlow; the working directory."""
    folder = tmp_path / "checkout"
    folder.mkdir()
    toy.build(folder, test_double=toy.LIGHT_TEST, katas_double=toy.HALF_DONE)
    monkeypatch.chdir(folder)
    for name in ("NO_COLOR", "FORCE_COLOR"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("COLUMNS", "80")
    return folder


@pytest.fixture
def dojo(checkout: Path) -> Dojo:
    """The command, in the checkout."""
    return lambda *args, **more: CliRunner().invoke(app, args, **more)


def refused(result: Result, sentence: str) -> None:
    """It ends with one sentence, and a status that says so."""
    assert sentence in result.stderr
    assert len(result.stderr.splitlines()) == 1
    assert result.exit_code == 1


def run_kata(checkout: Path, *args: str) -> subprocess.CompletedProcess[str]:
    command = [*toy.PYTEST, "katas/q01", "-p", "no:randomly", *args]
    return subprocess.run(command, cwd=checkout, capture_output=True, text=True, check=False)


def kept(checkout: Path) -> dict[str, str]:
    """The words of the record of the toy's stub."""
    record = read(cache(checkout), "q01", "double")
    return record.tests if record else {}


def remember(checkout: Path, *words: str, kata: str = "q01") -> None:
    """As if a run on the files as they are had come to these verdicts."""
    files = files_now(checkout, kata, "double")
    assert files
    tests = dict(zip(NAMES, words, strict=False))
    record = {"stub": files.stub, "test": files.test, "tests": tests}
    write_json(file_in(cache(checkout), kata, "double"), record)


def save(checkout: Path, text: str) -> None:
    (checkout / "katas/q01/double.py").write_text(text)


def text_of(checkout: Path) -> str:
    return (checkout / "katas/q01/double.py").read_text()


def add_kata(checkout: Path, name: str, *prerequisites: str) -> None:
    """One more kata like the first."""
    folder = checkout / "katas" / name
    folder.mkdir()
    head = f"prerequisites = {json.dumps(prerequisites)}\n"
    (folder / "kata.toml").write_text(head + toy.KATA)
    (folder / "double.py").write_text(SHIPPED)
    (folder / "test_double.py").write_text(toy.LIGHT_TEST.replace("q01", name))


# The last results


@pytest.mark.timeout(60)  # cold runs
def test_a_run_is_remembered_and_a_part_of_it_updates_this_part(checkout: Path) -> None:
    run_kata(checkout)
    assert kept(checkout) == dict(zip(NAMES, ("passed", "failed"), strict=True))
    run_kata(checkout, "-k", "doubles")
    assert kept(checkout) == dict(zip(NAMES, ("passed", "failed"), strict=True))
    save(checkout, RIGHT)
    run_kata(checkout, "-k", "sign")
    assert kept(checkout) == dict(zip(NAMES, ("not-run", "passed"), strict=True))
    run_kata(checkout, "-n", "1")
    assert kept(checkout) == dict.fromkeys(NAMES, "passed")
    save(checkout, "def double(x:\n")
    run_kata(checkout)
    assert kept(checkout) == {"": "error"}


@pytest.mark.timeout(200)  # it may be the first to use the warm process
def test_a_run_of_the_warm_process_is_remembered(
    checkout: Path, judge: Callable[[Request], object]
) -> None:
    judge(Request(["katas/q01"], cwd=str(checkout), env=dict(os.environ)))
    assert kept(checkout) == dict(zip(NAMES, ("passed", "failed"), strict=True))


@pytest.mark.timeout(60)
def test_other_answers_and_runs_without_a_verdict_are_not_remembered(checkout: Path) -> None:
    for args in (["--answers=solutions"], ["--collect-only"], ["-p", "no:cacheprovider"]):
        run_kata(checkout, *args)
        assert kept(checkout) == {}


def test_a_cache_that_cannot_be_written_costs_the_memory_only(checkout: Path) -> None:
    (checkout / ".pytest_cache").touch()
    run = run_kata(checkout)
    assert (run.returncode, kept(checkout)) == (1, {})
    assert "1 of 2 passed" in run.stdout
    assert "Traceback" not in run.stdout + run.stderr


def test_a_file_that_is_saved_while_it_is_imported_is_not_remembered(checkout: Path) -> None:
    line = "from pathlib import Path\nPath(__file__).write_text('x = 1')\n"
    save(checkout, line + RIGHT)
    assert run_kata(checkout).returncode == 0
    assert kept(checkout) == {}


def test_a_file_that_is_saved_during_its_tests_has_changed_since(checkout: Path) -> None:
    late = "    from pathlib import Path\n    Path(__file__).write_text('x = 1')\n"
    save(checkout, RIGHT.replace("    return", f"{late}    return"))
    assert run_kata(checkout).returncode == 0
    assert state(checkout) == "changed since"


def test_a_parametrized_test_that_ran_in_part() -> None:
    every = ["test_it[1]", "test_it[2]"]
    record = Record("a", "b").updated({"test_it[1]": "passed"}, every)
    assert record.tests == {"test_it[1]": "passed", "test_it[2]": "not-run"}
    record = record.updated({"test_it[3]": "passed"}, ["test_it[2]", "test_it[3]"])
    assert record.tests == {"test_it[2]": "not-run", "test_it[3]": "passed"}


def state(checkout: Path) -> str:
    kata = Catalogue(checkout).kata("q01")
    return standing(checkout, kata, kata.stubs[0]).words


@pytest.mark.parametrize(
    ("words", "test", "said"),
    [
        (("passed", "passed"), toy.LIGHT_TEST, "done"),
        (("passed", "skipped"), toy.LIGHT_TEST, "done"),
        (("passed", "failed"), toy.LIGHT_TEST, "1 of 2"),
        (("passed",), toy.LIGHT_TEST, "1 of 2"),
        (("failed", "skipped"), toy.LIGHT_TEST, "0 of 1"),
        (("passed", "failed"), BEYOND, "idea passed, beyond open"),
        (("failed", "passed"), BEYOND, "1 of 2"),
        (("passed", "passed"), BEYOND, "done"),
        (("passed", "passed"), "def broken(:\n", "done"),
    ],
)
def test_the_state_of_a_stub(words: tuple[str, ...], test: str, said: str, checkout: Path) -> None:
    assert state(checkout) == "not tried"
    (checkout / "katas/q01/test_double.py").write_text(test)
    remember(checkout, *words)
    assert state(checkout) == said


@pytest.mark.parametrize("name", ["double", "test_double"])
def test_a_result_is_of_two_files_as_they_were(name: str, checkout: Path) -> None:
    remember(checkout, "passed", "passed")
    file = checkout / "katas/q01" / f"{name}.py"
    before = file.read_bytes()
    file.write_bytes(before.replace(b"\n", b"\r\n"))
    assert state(checkout) == "done"
    file.write_bytes(before + b"\n")
    assert state(checkout) == "changed since"
    file.write_bytes(before)
    assert state(checkout) == "done"


BROKEN = [
    "",
    "{",
    "[]",
    "[" * 100_000,
    "null",
    "\x00",
    '{"stub": 1}',
    '{"stub": "", "test": ""}',
    '{"stub": "", "test": "", "tests": {"a": 1}}',
    '{"stub": "", "test": "", "tests": [1]}',
]


@pytest.mark.parametrize("text", BROKEN, ids=range(len(BROKEN)))
def test_a_broken_record_is_none(text: str, checkout: Path) -> None:
    file = file_in(cache(checkout), "q01", "double")
    file.parent.mkdir(parents=True)
    file.write_text(text)
    assert state(checkout) == "not tried"


def test_a_write_that_fails_leaves_what_was_there(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*args: object) -> None:
        raise OSError(28, "No space left on device")

    write_json(tmp_path / "a.json", 1)
    monkeypatch.setattr(results.json, "dump", full)
    with pytest.raises(OSError, match="No space"):
        write_json(tmp_path / "a.json", 2)
    assert [file.read_text() for file in tmp_path.iterdir()] == ["1"]


# dojo list

LIST = """\
q01  Doubling (5 min)
  double                  5 min   1 of 2

q02  Doubling (5 min, after q01)
  double                  5 min   not tried

0 of 2 stubs done.
Next   pytest katas/q01/test_double.py
"""


def test_the_list(checkout: Path, dojo: Dojo) -> None:
    add_kata(checkout, "q02", "q01", "q07")  # which is not here, as in a task
    remember(checkout, "passed", "failed")
    assert dojo("list").stdout == LIST


@pytest.mark.parametrize(
    ("before", "first", "second", "following"),
    [
        ((), ("passed", "passed"), (), "katas/q02/test_double.py"),
        (("q02",), (), (), "katas/q02/test_double.py"),
        (("q02",), (), ("passed", "passed"), "katas/q01/test_double.py"),
        (("q07",), (), (), "katas/q01/test_double.py"),
        ((), ("passed", "passed"), ("passed", "passed"), "nothing: all is done"),
        ((), ("passed", "failed"), (), "katas/q02/test_double.py"),
        ((), ("passed", "failed"), ("passed", "passed"), "katas/q01/test_double.py"),
    ],
)
def test_what_is_next(
    before: tuple[str, ...],
    first: tuple[str, ...],
    second: tuple[str, ...],
    following: str,
    checkout: Path,
    dojo: Dojo,
) -> None:
    """Ideas first, then what is beyond; what comes before a kata first, as far as it is here."""
    add_kata(checkout, "q02")
    (checkout / "katas/q01/test_double.py").write_text(BEYOND)
    (checkout / "katas/q01/kata.toml").write_text(f"prerequisites = {list(before)}\n{toy.KATA}")
    for kata, words in (("q01", first), ("q02", second)):
        if words:
            remember(checkout, *words, kata=kata)
    assert dojo("list").stdout.splitlines()[-1].endswith(following)


def test_katas_that_wait_for_each_other_do_not_stop_the_list(checkout: Path, dojo: Dojo) -> None:
    add_kata(checkout, "q02", "q01")
    (checkout / "katas/q01/kata.toml").write_text(f'prerequisites = ["q02"]\n{toy.KATA}')
    assert dojo("list").stdout.endswith("Next   pytest katas/q01/test_double.py\n")


def test_one_kata_alone(checkout: Path, dojo: Dojo) -> None:
    add_kata(checkout, "q02", "q01")
    said = dojo("list", "katas/q02/").stdout
    assert "q01  " not in said
    assert said.endswith("Next   pytest katas/q02/test_double.py\n")


@pytest.mark.parametrize("columns", [40, 60, 80, 200])
def test_no_line_is_wider_than_the_terminal(columns: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COLUMNS", str(columns))
    lines = list(listing.listing(Catalogue(toy.ROOT)))[:-2]  # which is a command to copy
    assert max(map(len, lines)) <= min(columns, 80)


def test_colour_is_for_terminals_that_want_it(
    checkout: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    remember(checkout, "passed", "passed")
    plain = list(listing.listing(Catalogue(checkout)))
    monkeypatch.setattr(sys.stdout, "isatty", lambda: True, raising=False)
    monkeypatch.setenv("TERM", "xterm")
    assert terminal.coloured()
    assert "\x1b[" in "".join(listing.listing(Catalogue(checkout)))
    for name, value in (("NO_COLOR", "1"), ("TERM", "dumb")):
        with monkeypatch.context() as context:
            context.setenv(name, value)
            assert list(listing.listing(Catalogue(checkout))) == plain


# dojo hint


def test_hints_come_one_by_one_and_again(checkout: Path, dojo: Dojo) -> None:
    refused(dojo("hint", "--again"), "No hint for q01/double was shown")
    first = "Hint 1 of 2 for q01/double\n  Think of addition.\n"
    second = "Hint 2 of 2 for q01/double, the last one\n  x + x\n"
    assert dojo("hint").stdout == first
    assert dojo("hint", "--again").stdout == first
    assert dojo("hint", "q01").stdout == second
    assert dojo("hint", "katas/q01/double.py").stdout == second
    assert dojo("hint", "--again").stdout == first + second


@pytest.mark.timeout(60)
def test_hints_are_counted_where_pytest_counts_them(checkout: Path, dojo: Dojo) -> None:
    dojo("hint")
    assert "Hint 2 of 2 for double, the last one" in run_kata(checkout, "--hint").stdout
    assert shown_in(checkout, "q01", Catalogue(checkout).kata("q01").stubs[0]) == [0, 1]


@pytest.mark.parametrize("text", ["", "-3", "[]", '"1"', "true", "1e400", "[7, -1, null]"])
def test_a_broken_count_begins_anew(text: str, checkout: Path, dojo: Dojo) -> None:
    file = file_of(checkout, "q01", "double")
    file.parent.mkdir(parents=True)
    file.write_text(text)
    assert "Hint 1 of 2" in dojo("hint").stdout


def test_more_hints_than_there_are_now(checkout: Path, dojo: Dojo) -> None:
    write_json(file_of(checkout, "q01", "double"), [0, 1, 2, 3])
    assert "Hint 2 of 2" in dojo("hint").stdout
    assert dojo("hint", "--again").stdout.count("Hint") == 2


def test_a_hint_for_what_is_done_has_to_be_asked_for(checkout: Path, dojo: Dojo) -> None:
    remember(checkout, "passed", "passed")
    refused(dojo("hint"), "All is done.")
    assert "Hint 1 of 2" in dojo("hint", "q01/double").stdout


def test_a_hint_that_cannot_be_counted_is_shown(checkout: Path, dojo: Dojo) -> None:
    (checkout / ".pytest_cache").touch()
    result = dojo("hint")
    assert "Think of addition." in result.stdout
    refused(result, "This is not counted, and comes again: ")


def test_a_task_without_hints(checkout: Path, dojo: Dojo) -> None:
    task = {"schema": "tf-katas/task/1", "stubs": ["q01/double"], "hints": False}
    (checkout / "task.json").write_text(json.dumps(task))
    refused(dojo("hint"), "There are no hints in this task.")


# dojo reset


def git(checkout: Path, *args: str) -> None:
    who = ["-c", "user.name=a", "-c", "user.email=a@localhost", "-c", "commit.gpgSign=false"]
    subprocess.run(["git", *who, *args], cwd=checkout, check=True, capture_output=True)


def commit(checkout: Path, *files: str) -> None:
    git(checkout, "add", "--", *(files or ["."]))
    git(checkout, "commit", "--no-verify", "-m", "A change")


@pytest.fixture
def history(checkout: Path) -> Path:
    """A checkout whose stub was committed as shipped, and is half done since."""
    git(checkout, "init", "--initial-branch=main")
    (checkout / ".gitignore").write_text((toy.ROOT / ".gitignore").read_text())
    save(checkout, SHIPPED)
    commit(checkout)
    save(checkout, toy.HALF_DONE)
    return checkout


def backups(checkout: Path) -> list[str]:
    return [f.read_text() for f in reset.copies(checkout / "katas/q01/double.py")]


def test_a_stub_anew_and_back(history: Path, dojo: Dojo) -> None:
    result = dojo("reset", "q01/double", "--yes")
    assert (result.exit_code, text_of(history)) == (0, SHIPPED)
    assert "its text is kept in .double.py.20" in result.stdout
    assert backups(history) == [toy.HALF_DONE]
    for wanted in (toy.HALF_DONE, SHIPPED, toy.HALF_DONE):
        assert dojo("reset", "q01", "--undo", "--yes").exit_code == 0
        assert text_of(history) == wanted
    assert backups(history) == [toy.HALF_DONE, SHIPPED, toy.HALF_DONE, SHIPPED]


def test_the_copies_are_no_modules_and_not_for_git(history: Path, dojo: Dojo) -> None:
    dojo("reset", "q01", "--yes")
    status = ["git", "status", "--porcelain"]
    assert subprocess.check_output(status, cwd=history) == b""
    assert {f.name for f in (history / "katas/q01").glob("*.py")} == {"double.py", "test_double.py"}


@pytest.mark.parametrize("answer", ["n\n", "\n", ""])
def test_nothing_changes_without_a_yes(answer: str, history: Path, dojo: Dojo) -> None:
    result = dojo("reset", "q01", input=answer)
    assert (result.exit_code, text_of(history), backups(history)) == (1, toy.HALF_DONE, [])
    assert "katas/q01/double.py" in result.stdout


def test_yes_when_asked(history: Path, dojo: Dojo) -> None:
    assert dojo("reset", "q01", input="y\n").exit_code == 0
    assert text_of(history) == SHIPPED


def test_an_answer_that_was_committed(history: Path, dojo: Dojo) -> None:
    commit(history)
    dojo("reset", "q01", "--yes")
    assert text_of(history) == SHIPPED


def test_a_stub_that_was_changed_by_its_authors_after_an_answer(history: Path, dojo: Dojo) -> None:
    """The learner has merged: the newest text of the authors counts, and not the learner's."""
    newer = SHIPPED.replace("x)", "x, /)")
    git(history, "stash")
    git(history, "switch", "-c", "upstream")
    save(history, newer)
    (history / "katas/q01/test_double.py").write_text(toy.LIGHT_TEST + "\n")
    commit(history)
    git(history, "switch", "main")
    git(history, "stash", "pop")
    commit(history)
    git(history, "merge", "-X", "ours", "upstream")
    dojo("reset", "q01", "--yes")
    assert text_of(history) == newer


def test_in_a_task_the_fingerprint_decides(history: Path, dojo: Dojo) -> None:
    """Also where everything was committed at once, and the tests with it."""
    mark = results.fingerprint(SHIPPED.encode())
    task = {"schema": "tf-katas/task/1", "stubs": ["q01/double"], "shipped": {"q01/double": mark}}
    (history / "task.json").write_text(json.dumps(task))
    (history / "conftest.py").write_text("# mine\n")
    commit(history)
    dojo("reset", "q01", "--yes")
    assert text_of(history) == SHIPPED


def test_a_stub_that_is_gone_comes_back(history: Path, dojo: Dojo) -> None:
    (history / "katas/q01/double.py").unlink()
    refused(dojo("list"), "`dojo reset q01/double` brings it back.")
    assert "katas/q01/double.py is back." in dojo("reset", "q01/double", "--yes").stdout
    assert text_of(history) == SHIPPED


def test_there_is_nothing_to_do(history: Path, dojo: Dojo) -> None:
    refused(dojo("reset", "q01", "--undo"), "there is no copy of another text to go back to.")
    save(history, SHIPPED)
    refused(dojo("reset", "q01"), "q01: it is as you got it, as far as git knows.")
    assert backups(history) == []


def test_a_folder_without_git(checkout: Path, dojo: Dojo) -> None:
    refused(dojo("reset", "q01", "--yes"), "Only git knows the stub as you got it")
    git(checkout, "init")
    refused(dojo("reset", "q01", "--yes"), "Only git knows the stub as you got it")
    assert text_of(checkout) == toy.HALF_DONE


def test_a_machine_without_git(history: Path, dojo: Dojo, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", str(history))
    refused(dojo("reset", "q01", "--yes"), "There is no git on PATH")


def test_a_stub_that_git_has_never_seen(history: Path, dojo: Dojo) -> None:
    add_kata(history, "q02")
    refused(dojo("reset", "q02", "--yes"), "git does not know katas/q02/double.py as you got it")


@pytest.mark.parametrize("failing", ["write_new", "replace"])
def test_a_disk_that_is_full_loses_nothing(
    failing: str, history: Path, dojo: Dojo, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*args: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(reset, failing, full)
    refused(dojo("reset", "q01", "--yes"), "double.py stays as it is: No space left on device.")
    assert text_of(history) == toy.HALF_DONE


@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() == 0, reason="root may write")
def test_a_folder_that_cannot_be_written(history: Path, dojo: Dojo) -> None:
    folder = history / "katas/q01"
    folder.chmod(0o500)
    try:
        refused(dojo("reset", "q01", "--yes"), "stays as it is: Permission denied.")
    finally:
        folder.chmod(0o700)
    assert text_of(history) == toy.HALF_DONE


def test_a_clock_that_was_set_back_does_not_mix_up_the_copies(history: Path) -> None:
    file = history / "katas/q01/double.py"
    (file.parent / ".double.py.2999-01-01T00-00-00Z.bak").write_text("later")
    (file.parent / ".double.py.9.bak").write_text("not ours")
    copy = reset.keep_copy(file)
    assert copy
    assert copy.name == ".double.py.2999-01-01T00-00-01Z.bak"
    assert reset.copies(file)[-1] == copy


# dojo solution


def test_the_solution_after_the_idea(checkout: Path, dojo: Dojo) -> None:
    (checkout / "solutions/q01/README.md").write_text(
        "# q01\n\n## `halve`\n\nNo.\n\n## `double`\n\nOne *multiplication*.\n\n## `other`\n\nNo.\n"
    )
    refused(dojo("solution", "q01/double"), "q01/double: not tried yet. Pass its idea first")
    remember(checkout, "passed", "failed")
    refused(dojo("solution", "q01/double"), "q01/double: 1 of 2. Pass its idea first")
    peeked = dojo("solution", "q01/double", "--peek").stdout
    assert "--- katas/q01/double.py\n+++ solutions/q01/double.py\n" in peeked
    assert "-    return abs(2 * x)\n+    return 2 * x\n" in peeked
    assert peeked.endswith("\n## `double`\n\nOne *multiplication*.\n")
    (checkout / "katas/q01/test_double.py").write_text(BEYOND)
    refused(dojo("solution", "q01/double"), "q01/double: changed since its last run.")
    remember(checkout, "passed", "failed")
    assert dojo("solution", "q01/double").stdout == peeked


def test_an_answer_that_is_the_solution(checkout: Path, dojo: Dojo) -> None:
    save(checkout, RIGHT)
    remember(checkout, "passed", "passed")
    said = dojo("solution", "q01/double").stdout
    assert said.startswith("katas/q01/double.py and solutions/q01/double.py are the same.\n")


def test_the_list_of_the_watch_begins_with_its_kata() -> None:
    catalogue = Catalogue(toy.ROOT)
    heads = [
        line[:3]
        for line in listing.listing(catalogue, first=catalogue.kata("q09"))
        if line[:1] == "q"
    ]
    assert heads[:3] == ["q09", "q01", "q02"]
    assert len(heads) == len(catalogue.katas)


def test_a_contract_is_no_difference(checkout: Path, dojo: Dojo) -> None:
    """It stands in the stub alone."""
    save(checkout, 'def double(x):\n    """Twice.\n\n    - As much.\n    """\n\n    return x + x\n')
    remember(checkout, "passed", "passed")
    changed = dojo("solution", "q01/double").stdout.partition("@@\n")
    assert changed[2].startswith(" def double(x):\n-    return x + x\n+    return 2 * x\n")


def test_a_task_has_no_solutions(checkout: Path, dojo: Dojo) -> None:
    (checkout / "solutions/q01/double.py").unlink()
    refused(dojo("solution", "q01/double", "--peek"), "double.py cannot be read")
    (checkout / "solutions/q01").rmdir()
    (checkout / "solutions").rmdir()
    refused(dojo("solution", "q01/double", "--peek"), "There are no solutions in this checkout.")


def test_a_file_that_is_no_text(checkout: Path, dojo: Dojo) -> None:
    (checkout / "katas/q01/double.py").write_bytes(b"\xff\xfe")
    refused(dojo("solution", "q01/double", "--peek"), "double.py is no text in UTF-8.")


def test_the_reasons_for_each_solution_are_found() -> None:
    for kata in Catalogue(toy.ROOT).katas.values():
        text = (toy.ROOT / "solutions" / kata.id / "README.md").read_text("utf-8")
        missing = [stub.id for stub in kata.stubs if not section(text, stub.id)]
        assert missing in ([], ["quick_check"]), kata.id


# All of them

COMMANDS = [("list",), ("hint",), ("reset", "--yes"), ("solution", "--peek")]


@pytest.mark.parametrize("command", COMMANDS, ids=lambda c: c[0])
def test_unknown_names(command: tuple[str, ...], checkout: Path, dojo: Dojo) -> None:
    refused(dojo(*command, "q99"), "There is no kata q99. There are: q01.")
    refused(dojo(*command, "q01/half"), "There is no stub half in q01. There are: double.")
    refused(dojo(*command, "../../etc/passwd"), "There is no kata")
    assert text_of(checkout) == toy.HALF_DONE


@pytest.mark.parametrize("command", COMMANDS, ids=lambda c: c[0])
def test_broken_checkouts(
    command: tuple[str, ...], checkout: Path, dojo: Dojo, monkeypatch: pytest.MonkeyPatch
) -> None:
    (checkout / "katas/q01/kata.toml").write_text("title =")
    refused(dojo(*command, "q01/double"), "kata.toml")
    monkeypatch.chdir(checkout.parent)
    refused(dojo(*command, "q01/double"), "Go to the checkout first")


def test_a_checkout_without_katas(checkout: Path, dojo: Dojo) -> None:
    for file in (checkout / "katas/q01").iterdir():
        file.unlink()
    refused(dojo("list"), "There are no katas in")
    refused(dojo("hint"), "There are no katas in")


def test_nothing_of_the_environment_is_needed(checkout: Path) -> None:
    """No HOME, no terminal, and text that the output cannot show."""
    text = (checkout / "katas/q01/kata.toml").read_text("utf-8")
    arrow = text.replace("Think of addition.", "x → x + x")
    (checkout / "katas/q01/kata.toml").write_text(arrow, "utf-8")
    env = {"PYTHONPATH": str(toy.ROOT), "PYTHONIOENCODING": "ascii"}
    command = [sys.executable, "-m", "dojo", "hint"]
    run = subprocess.run(command, cwd=checkout, env=env, capture_output=True, check=False)
    assert (run.returncode, run.stderr) == (0, b"")
    assert b"x ? x + x" in run.stdout
