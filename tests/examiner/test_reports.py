"""Each format is what its readers demand, whatever a submission holds."""

from __future__ import annotations

import json
import re
from dataclasses import asdict
from html.parser import HTMLParser
from pathlib import Path
from typing import Any
from xml.etree import ElementTree as Xml

import pytest
from markdown_it import MarkdownIt

from examiner.model import ExaminerError, Grading
from examiner.reports import folder
from examiner.reports.as_html import code_lines
from examiner.reports.words import printable
from tests.examiner import nasty
from tests.examiner.nasty import INPUTS, INTERNAL, SECRET
from tests.examiner.schema import errors
from tests.toy import ROOT

VOID = {"meta", "br", "link", "img", "hr", "input"}
HARMFUL = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\ud800-\udfff\uffff]")


@pytest.fixture(scope="module")
def reports(tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    """The reports of the nasty grading, read from where they were written."""
    report = tmp_path_factory.mktemp("reports") / "anna"
    folder.write_all(nasty.grading(), report)
    return {file.name: file.read_text(encoding="utf-8") for file in report.iterdir()}


class Page(HTMLParser):
    """A page that is read strictly: every element is closed, by its own end."""

    def __init__(self, text: str):
        super().__init__()
        self.open: list[str] = []
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.text = ""
        self.feed(text)
        self.close()
        assert not self.open

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))
        if tag not in VOID:
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        self.text += data if self.open and self.open[-1] != "style" else ""


def test_every_format_is_written(reports: dict[str, str]) -> None:
    assert reports.keys() == folder.WRITERS.keys()
    assert {"scorecard.html", "grading.json", "junit.xml", "summary.md"} <= reports.keys()


@pytest.mark.parametrize("name", [name for name in folder.WRITERS if name != "grading.json"])
def test_no_control_character_reaches_a_report(reports: dict[str, str], name: str) -> None:
    text = reports[name]
    if name.endswith(".json"):
        text = "".join(strings(json.loads(text)))
    assert not HARMFUL.search(text)
    assert "x" * 1000 not in text


def strings(data: Any) -> list[str]:
    if isinstance(data, str):
        return [data]
    parts = data.values() if isinstance(data, dict) else data if isinstance(data, list) else ()
    return [text for part in parts for text in strings(part)]


@pytest.mark.parametrize("grading", [nasty.grading(), nasty.clean_grading()], ids=["bad", "good"])
def test_the_json_is_as_its_schema_says(grading: Grading, tmp_path: Path) -> None:
    folder.write_all(grading, tmp_path / "report")
    schema = json.loads((ROOT / "docs/grading.schema.json").read_text("utf-8"))
    data = json.loads((tmp_path / "report/grading.json").read_text("utf-8"))
    assert not list(errors(data, schema, schema))
    assert not asdict(grading).keys() ^ schema["properties"].keys() - {"sums"}


def test_the_scorecard_is_a_page_of_its_own(reports: dict[str, str]) -> None:
    page = Page(reports["scorecard.html"])
    tags = {tag for tag, _ in page.tags}
    assert not tags & {"script", "img", "link", "iframe", "object", "base", "form", "svg"}
    for _, attributes in page.tags:
        assert not {name for name in attributes if name.startswith("on")} | (
            {"src", "srcset", "action"} & attributes.keys()
        )
        assert (attributes.get("href") or "#").startswith("#")
    assert not re.search(r"@import|url\(", reports["scorecard.html"])
    assert "<script>" not in reports["scorecard.html"]


def test_the_scorecard_says_what_a_reader_needs(reports: dict[str, str]) -> None:
    page = " ".join(Page(reports["scorecard.html"]).text.split())
    for sentence in (
        "3 tasks: 1 complete, 1 in part, 1 not sent in.",
        "Look at this",
        "starts at one in a tf.function.",
        "It did not end in time.",
        "This fails in the same way as a known mistake: A Python number keeps",
        "62 % of its tokens are also in the published solution; a signal, not a verdict",
        "What does tf.function do?",
        "1 hint used",
        SECRET,
        INPUTS,
    ):
        assert sentence in page
    assert "<script>alert(1)</script>" in page
    assert 'class="line failed" data-n="2"' in reports["scorecard.html"]


def test_what_fails_for_one_reason_is_told_once(reports: dict[str, str]) -> None:
    page = Page(reports["scorecard.html"]).text
    together = r"starts at one in a tf\.function\.\s+counts in graphs in a tf\.function\."
    assert re.search(together, page)


def test_every_line_of_the_source_keeps_its_number() -> None:
    source = '\n\n"""one\n\ntwo"""\n\tx = 1 \\\n  + "open\n\n# end\n\n'
    page = code_lines(source, [3])
    assert re.findall(r'data-n="(\d+)"', page) == [str(n) for n in range(1, 10)]
    assert Page(page).text == source.rstrip("\n") + "\n"


def test_where_nothing_is_wrong_the_scorecard_says_so(tmp_path: Path) -> None:
    folder.write_all(nasty.clean_grading(), tmp_path / "report")
    page = Page((tmp_path / "report/scorecard.html").read_text("utf-8")).text
    assert "Nothing stands out" in page
    assert "Look at this" not in page


def test_junit_counts_what_it_holds(reports: dict[str, str]) -> None:
    suite = Xml.fromstring(reports["junit.xml"]).find("testsuite")
    assert suite is not None
    cases = suite.findall("testcase")
    assert len(cases) == int(suite.attrib["tests"]) == 15
    for name, tag in (("failures", "failure"), ("errors", "error"), ("skipped", "skipped")):
        assert int(suite.attrib[name]) == sum(case.find(tag) is not None for case in cases)
    assert (suite.attrib["failures"], suite.attrib["errors"]) == ("5", "4")
    assert cases[0].attrib["classname"] == "katas.q09.test_counter"
    assert cases[0].attrib["name"] == "test_counts" and not len(cases[0])


def test_gradescope_keeps_hidden_what_is_hidden(reports: dict[str, str]) -> None:
    results = json.loads(reports["gradescope.json"])
    assert sum(test["max_score"] for test in results["tests"]) == 12
    assert sum(test["score"] for test in results["tests"]) == 4
    for test in results["tests"]:
        assert test["status"] in ("passed", "failed")
        text = json.dumps(test)
        if SECRET in text:
            assert test["visibility"] == "after_published"
        if INPUTS in text:
            assert test["visibility"] == "hidden"
    shown = [test for test in results["tests"] if test["visibility"] == "visible"]
    assert len(shown) == 10
    assert INTERNAL not in reports["gradescope.json"]


def test_exercism_shows_what_the_student_has(reports: dict[str, str]) -> None:
    results = json.loads(reports["exercism.json"])
    assert (results["version"], results["status"]) == (3, "fail")
    for test in results["tests"]:
        assert test["status"] in ("pass", "fail", "error")
        assert isinstance(test["name"], str) and isinstance(test["task_id"], int)
        assert test["status"] == "pass" or test["message"]
    assert {test["task_id"] for test in results["tests"]} == {1, 2, 3}
    assert not re.search(f"{SECRET}|{INPUTS}|{INTERNAL}", reports["exercism.json"])


def test_exercism_says_error_only_where_nothing_ran() -> None:
    grading = nasty.grading()
    grading.stubs = grading.stubs[2:]
    results = json.loads(folder.WRITERS["exercism.json"](grading))
    assert results["status"] == "error" and results["message"]


@pytest.mark.parametrize("name", ["summary.md", "feedback.md"])
def test_markdown_obeys_no_text_of_a_submission(reports: dict[str, str], name: str) -> None:
    page = Page(MarkdownIt("gfm-like", {"linkify": False}).render(reports[name]))
    tags = {tag for tag, _ in page.tags}
    assert tags <= {"h1", "h2", "p", "ul", "li", "pre", "code", "strong"} | {
        f"t{x}" for x in ("able", "head", "body", "r", "h", "d")
    }
    assert "<script>alert(1)</script>" in page.text
    headings = re.findall(r"^#+ .*", re.sub(r"(?ms)^ *(`{3,}).*?^ *\1$", "", reports[name]), re.M)
    assert not [heading for heading in headings if heading.startswith("# heading")]


def test_the_summary_has_a_row_for_each_stub(reports: dict[str, str]) -> None:
    rows = [line for line in reports["summary.md"].splitlines() if line.startswith("| q09")]
    assert [row.count("|") for row in rows] == [6, 6, 6]
    assert "| in part | 2 of 7 | 0 of 2 | 1 of 2 |" in rows[0]


def test_feedback_says_nothing_of_what_is_hidden(reports: dict[str, str]) -> None:
    feedback = reports["feedback.md"]
    assert not re.search(f"{SECRET}|{INPUTS}|{INTERNAL}|published solution", feedback)
    assert "Of 2 more that were not handed out, 1 passed." in feedback
    assert "A Python number keeps a count" in feedback
    assert "starts at one" in feedback


def test_a_mistake_that_only_a_hidden_test_shows_is_not_told() -> None:
    grading = nasty.grading()
    stub = grading.stubs[0]
    stub.tests = [test for test in stub.tests if test.hidden or test.verdict.passed]
    assert "A Python number" not in folder.WRITERS["feedback.md"](grading)


def test_texts_are_cut_and_their_characters_shown() -> None:
    assert printable("a\x1b[1m\r\nb\rc\td\u202e") == "a␛[1m\nb\nc\td\ufffd"
    assert printable("x" * 500).endswith(" … (500 characters)")
    assert printable("ab\n" * 5, 6) == "ab\nab\n … (9 more characters)"


@pytest.mark.parametrize("there", [False, True], ids=["new", "empty"])
def test_a_report_is_a_folder_that_was_new_or_empty(tmp_path: Path, there: bool) -> None:
    report = tmp_path / "report"
    if there:
        report.mkdir()
    folder.write_all(nasty.clean_grading(), report)
    assert {file.name for file in report.iterdir()} == folder.WRITERS.keys()
    assert [file.name for file in tmp_path.iterdir()] == ["report"]
    assert report.stat().st_mode & 0o777 == 0o755


def test_nothing_is_left_of_a_report_that_cannot_be_written(tmp_path: Path) -> None:
    (tmp_path / "report").mkdir()
    (tmp_path / "report/mine.txt").write_text("mine", encoding="utf-8")
    with pytest.raises(ExaminerError, match=r"^.*report cannot be written: .*\.$"):
        folder.write_all(nasty.clean_grading(), tmp_path / "report")
    assert [file.name for file in tmp_path.iterdir()] == ["report"]
    assert [file.name for file in (tmp_path / "report").iterdir()] == ["mine.txt"]


def test_a_file_in_the_way_is_told_in_a_sentence(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("mine", encoding="utf-8")
    with pytest.raises(ExaminerError, match="cannot be written"):
        folder.write_all(nasty.clean_grading(), tmp_path / "file" / "report")
    assert (tmp_path / "file").read_text("utf-8") == "mine"
