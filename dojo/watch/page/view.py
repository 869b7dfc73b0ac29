"""What the page shows, as plain data: the script on the page makes text of it, never HTML."""

from __future__ import annotations

from dataclasses import asdict
from typing import Any

from dojo.catalogue import Kata, Stub
from dojo.report.board import Judged
from dojo.report.verdict import Verdict
from dojo.watch.state import State

View = dict[str, Any]


def view(state: State) -> View:
    return {
        "checking": state.checking,
        "message": state.message,
        "failing": failing(state),
        "board": board(state),
        "hint": hint(state.hint),
        "roles": asdict(state.roles) if state.roles else None,
    }


def failing(state: State) -> View | None:
    """The failing test that is shown, in full; none if all has passed."""
    shown = state.shown()
    if shown is None:
        return None
    judged, verdict = shown
    failure = asdict(verdict.failure) if verdict.failure else {}
    every = len(state.failing())
    return {
        "kata": judged.kata,
        "stub": judged.stub.id,
        "number": state.at % every + 1,
        "of": every,
        "sentence": sentence(verdict),
        "parts": [[n, text] for n, text in failure.items() if text and n != "unfinished"],
    }


def board(state: State) -> list[View]:
    judged = {each.key: each for each in state.judged()}
    return [row(kata, stub, judged.get((kata.id, stub.id))) for kata, stub in state.stubs]


def row(kata: Kata, stub: Stub, judged: Judged | None) -> View:
    tests = [
        {
            "word": "to do" if verdict.unfinished else verdict.word.replace("-", " "),
            "sentence": sentence(verdict),
            "beyond": verdict.beyond,
        }
        for verdict in (judged.verdicts if judged else ())
    ]
    return {
        "stub": stub.id,
        "title": stub.title,
        "count": judged.count if judged else "not run yet",
        "done": bool(judged and judged.done),
        "tests": tests,
    }


def sentence(verdict: Verdict) -> str:
    return (verdict.sentence or "It can be imported.") + verdict.parameters


def hint(text: str) -> View | None:
    """Its lines were broken for a terminal."""
    title, *lines = text.splitlines() or [""]
    return {"title": title, "text": " ".join(map(str.strip, lines))} if title else None
