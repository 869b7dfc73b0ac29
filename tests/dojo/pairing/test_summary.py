"""The log of a session, and the summary that is made of it."""

from __future__ import annotations

from pathlib import Path

import pytest

from dojo.pairing.events import Log
from dojo.pairing.summary import span, summary
from tests.dojo.pairing.machines import WITH, Machine

pytestmark = pytest.mark.timeout(120)


def test_a_line_that_was_cut_off_costs_nothing_else(tmp_path: Path) -> None:
    log = Log(tmp_path / "log.jsonl")
    log.append("one")
    with log.file.open("a") as file:
        file.write('{"at": 3, "what": "tw')
    log.append("three")
    with log.file.open("a") as file:
        file.write('[]\n{"what": "no time"}\n\xff\n')
    log.append("four")
    assert [event["what"] for event in log.news()] == ["one", "three", "four"]
    assert list(log.news()) == []
    assert log.file.stat().st_mode & 0o077 == 0


def test_files_that_are_none_of_ours_are_no_sessions(ada: Machine) -> None:
    ada.dojo("start", "q01", *WITH)
    folder = ada.session.log.file.parent
    (folder / "empty.jsonl").write_text("")
    (folder / "foreign.jsonl").write_text('{"at": 1, "what": "begin"}\n')
    (folder / "other.jsonl").write_text('{"at": 1, "what": "turn"}\n')
    assert "Grace drives" in ada.dojo("next")


def test_a_summary_is_a_function_of_events() -> None:
    people = [{"name": "Ada | L", "email": "a@b.c"}, {"name": "Grace", "email": "g@b.c"}]
    agreed = {"kata": "q09", "mode": "interview", "minutes": 45.0, "people": people}
    shared = {"branch": "pair/q09", "remote": "", "home": "main", "machine": "1"}
    test = {"stub": "counter", "test": "test_counts", "sentence": "It counts."}
    events = [
        {"at": 1000.0, "what": "begin", **agreed, **shared},
        {"at": 1000.0, "what": "turn", "driver": "Ada | L"},
        {"at": 1001.0, "what": "test", **test, "word": "failed"},
        {"at": 1001.0, "what": "test", "stub": "counter", "test": "test_b", "word": "passed"},
        {"at": 1001.0, "what": "test", "stub": "momentum", "test": "test_c", "word": "failed"},
        {"at": 1001.0, "what": "at", "stub": "counter", "test": "test_counts"},
        {"at": 1061.0, "what": "hint", "stub": "counter", "number": 1},
        {"at": 1071.0, "what": "note", "text": "Says <why> | how.", "board": "counter 1 of 2"},
        {"at": 1100.0, "what": "question", "text": "And in a graph?", "board": "counter 1 of 2"},
        {"at": 9000.0, "what": "back"},  # the laptop was closed: this time is not theirs
        {"at": 9060.0, "what": "test", **test, "word": "passed"},
        {"at": 9060.0, "what": "end"},
    ]
    text = summary(events)
    assert text.startswith("# q09: Ada \\| L and Grace\n")
    assert "interview, 45 minutes. At work for 2:40." in text
    assert "| counter | 2 of 2 | 2:39 | 1 |" in text
    assert "| counter: It counts. | 2:14:20 | Ada \\| L | 2:39 |" in text
    assert "| counter: test_b | from the start |  |  |" in text
    assert "| momentum | 0 of 1 | 0:00 | 0 |" in text
    assert "test_c" not in text, "nobody was at this stub"
    assert "- 1:01: hint 1 for counter" in text
    assert "- 1:11: Says &lt;why> \\| how. (counter 1 of 2)" in text
    assert "- 1:40: asked: And in a graph? (counter 1 of 2)" in text
    assert "## Notes" not in summary([{**events[0], "mode": "driver"}, *events[1:]])


def test_a_summary_is_never_written_over(ada: Machine) -> None:
    ada.dojo("start", "q01", *WITH)
    file = ada.session.log.file.with_suffix(".md")
    file.write_text("Mine.")
    assert file.with_stem(f"{file.stem}-2").name in ada.dojo("done")
    assert file.read_text() == "Mine."


@pytest.mark.parametrize(("seconds", "said"), [(0, "0:00"), (67.4, "1:07"), (3725, "1:02:05")])
def test_spans(seconds: float, said: str) -> None:
    assert span(seconds) == said


def test_notes_from_another_terminal(ada: Machine) -> None:
    ada.dojo("start", "q01", *WITH, "--mode", "interview")
    ada.dojo("note", "Asks about\nNone first")
    assert "There is no text" in ada.dojo("note", " ", status=1)
    ada.dojo("done")
    assert "Asks about None first" in ada.summary
    assert "Asks about" not in ada.git("log", "--all", "-p")
    ada.dojo("start", "q01", *WITH)
    assert "Notes are kept in an interview" in ada.dojo("note", "x", status=1)
