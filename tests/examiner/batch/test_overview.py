"""The overview of a batch, of gradings that are made up."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from pathlib import Path

import pytest

from dojo.report.verdict import Verdict
from examiner import model
from examiner.batch.store import Store
from examiner.model import Grading, StubResult
from examiner.overview import as_csv, page, statistics
from examiner.overview.folder import safe, write_reports
from examiner.overview.pairs import SOLUTION, nameless, pairs
from examiner.reports import as_json
from tests.examiner import nasty
from tests.examiner.batch.round import ROOT

SOURCE = (ROOT / "solutions/q09/counter.py").read_text(encoding="utf-8")
TESTS = ("easy", "telling", "odd", "never", "left_out")
# Ten people, the best one first: telling is passed by the better five, odd by the others.
PASSES = {
    f"p{place}": {"easy": True, "telling": place < 5, "odd": place >= 5, "never": False}
    for place in range(10)
}


def grading(name: str, passes: dict[str, bool], source: str = SOURCE) -> Grading:
    stub = StubResult("q09", "counter", "A counter", 10, "q09/counter.py", source, changed=True)
    words = {test: "passed" if passed else "failed" for test, passed in passes.items()}
    stub.tests = [
        model.TestResult(
            Verdict("q09", "counter", test, f"It is {test}.", word=words.get(test, "skipped"))
        )
        for test in TESTS
    ]
    stub.misconceptions = ["Calls are traces."] if not passes["telling"] else []
    return Grading(name, 1, "bubblewrap", "2026-01-01T00:00:00+00:00", 1.0, [stub])


def put(store: Store, made: Grading) -> None:
    store.put(made.name, f"key of {made.name}", "graded", as_json.write(made))


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    with Store(tmp_path / "report") as store:
        for name, passes in PASSES.items():
            put(store, grading(name, passes, source=f"# {name}\n{SOURCE}"))
        yield store


def test_the_board_has_the_best_left(store: Store) -> None:
    board = statistics.board(store)
    assert board.people == sorted(PASSES)
    assert [test for _, _, test in board.tests] == list(TESTS[:4])
    assert board.passed.sum(axis=1).tolist() == [10, 5, 5, 0]


def test_difficulty_and_discrimination(store: Store) -> None:
    with_more = {**PASSES["p0"], "odd": True}
    put(store, grading("p0", with_more))
    measured = statistics.items(store, statistics.board(store))
    easy, telling, odd, never = measured
    assert [item.passed for item in measured] == [1.0, 0.5, 0.6, 0.0]
    assert (easy.tells_apart, never.tells_apart) == (None, None)
    assert (easy.remark, never.remark) == ("everybody passes", "nobody passes")
    # Of the other tests, the five that pass "telling" pass 2, 1, 1, 1, 1, the others 2 each.
    assert telling.tells_apart == pytest.approx(-0.8165, abs=1e-4)
    assert odd.remark == "the weaker pass it more often: look at the test"


def test_few_tell_nothing(tmp_path: Path) -> None:
    with Store(tmp_path / "report") as store:
        for name in ("p0", "p9"):
            put(store, grading(name, PASSES[name]))
        measured = statistics.items(store, statistics.board(store))
    assert {item.tells_apart for item in measured} == {None}


def test_who_did_not_begin_is_not_counted(store: Store) -> None:
    idle = grading("idle", dict.fromkeys(TESTS[:4], False))
    idle.stubs[0].changed = False
    put(store, idle)
    assert statistics.items(store, statistics.board(store))[0].took_part == 10


def test_misconceptions_are_counted(store: Store) -> None:
    assert statistics.misconceptions(store) == [("q09", "counter", "Calls are traces.", 5)]


RENAMED = SOURCE.replace("calls", "number")
OTHER = (ROOT / "tests/graders/q09/counter/accepts").glob("*.py")


def test_renaming_hides_no_pair(tmp_path: Path) -> None:
    assert nameless(RENAMED, "") == nameless(SOURCE, "")
    with Store(tmp_path / "report") as store:
        put(store, grading("ann", PASSES["p0"], RENAMED))
        for number, file in enumerate(sorted(OTHER)):
            put(store, grading(f"b{number}", PASSES["p0"], file.read_text("utf-8")))
        found = pairs(store, ROOT)
    assert set(found[0].names) == {"ann", SOLUTION}
    assert found[0].share == 1.0
    assert found[0].usual < found[0].share


def test_what_is_no_python_is_compared_too(tmp_path: Path) -> None:
    with Store(tmp_path / "report") as store:
        broken = SOURCE.replace("return", "return (")
        put(store, grading("ann", PASSES["p0"], broken))
        put(store, grading("bob", PASSES["p0"], broken))
        assert {"ann", "bob"} in [set(pair.names) for pair in pairs(store, ROOT)]


def read(text: str) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(text)))


@pytest.mark.parametrize("name", ["=1+1", "+1", "-1", "@SUM(A1)", "\uff1d1+1", "\t=1+1", "\r=1"])
def test_no_cell_is_a_formula(name: str, store: Store) -> None:
    put(store, grading(name, PASSES["p0"]))
    names = {row["name"] for row in read(as_csv.scores(store))}
    assert not any(each[:1] in "=+-@\uff1d\t\r" for each in names)
    assert len(names) == 11


def test_a_row_for_each_submission(store: Store) -> None:
    store.put("broken.zip", "", "refused", "It is no zip.")
    rows = {row["name"]: row for row in read(as_csv.scores(store))}
    assert rows["p0"]["idea_passed"] == rows["p0"]["q09/counter"] == "2"
    assert rows["p0"]["idea_tests"] == "4"
    assert (rows["broken.zip"]["word"], rows["broken.zip"]["reason"]) == (
        "refused",
        "It is no zip.",
    )


def test_grades_for_moodle(store: Store) -> None:
    assert as_csv.moodle(store) == ""
    put(store, grading("Grace Hopper_4711_assignsubmission_file", PASSES["p0"]))
    assert read(as_csv.moodle(store)) == [
        {
            "Identifier": "Participant 4711",
            "Full name": "Grace Hopper",
            "Grade": "50.00",
            "Feedback comments": "Idea 2 of 4, beyond 0 of 0.",
        }
    ]


def test_hostile_texts_reach_no_page(store: Store) -> None:
    made = nasty.grading()
    store.put(made.name, "key", "graded", as_json.write(made))
    store.put(f"{nasty.NASTY}.zip", "", "refused", nasty.NASTY)
    folders = {name: safe(name) for name, _ in store.gradings()}
    text = page.write(store, ROOT, folders)
    assert "<script>alert(1)" not in text
    assert text.count("<script") == 1
    assert "\x1b" not in text
    assert "\u202e" not in text


def test_no_two_submissions_share_a_folder() -> None:
    names = ["a b", "a_b", "a/b", "..", ".", "a" * 300, "a" * 301, "é", "=x"]
    folders = [safe(name) for name in names]
    assert len(set(folders)) == len(names)
    assert not any("/" in folder or folder.startswith(".") for folder in folders)
    assert max(map(len, folders)) < 120


def test_reports_are_written_again_only_if_they_change(store: Store, tmp_path: Path) -> None:
    report = tmp_path / "report"
    write_reports(store, ROOT, report)
    mark, overview = report / "submissions/p0/mark", (report / "overview.html").read_bytes()
    mark.touch()
    write_reports(store, ROOT, report)
    assert mark.exists()
    assert (report / "overview.html").read_bytes() == overview
    put(store, grading("p0", PASSES["p9"]))
    write_reports(store, ROOT, report)
    assert not mark.exists()
    assert (report / "submissions/p0/scorecard.html").is_file()


def test_an_overview_of_nothing(tmp_path: Path) -> None:
    """All submissions were refused."""
    with Store(tmp_path / "report") as store:
        store.put("broken.zip", "", "refused", "It is no zip.")
        write_reports(store, ROOT, tmp_path / "report")
    assert "It is no zip." in (tmp_path / "report/overview.html").read_text("utf-8")
