"""The grading as one HTML file for a hiring engineer: no script, and nothing from the network."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader
from markupsafe import Markup, escape
from pygments import highlight
from pygments.formatters import HtmlFormatter
from pygments.lexers import PythonLexer

from examiner.model import Grading
from examiner.reports import words
from examiner.reports.words import printable

MOST_COMMITS = 60


def write(grading: Grading) -> str:
    page = environment().get_template("scorecard.html.j2")
    return page.render(grading=grading, commits=commits(grading.history)) + "\n"


def environment() -> Environment:
    """Where no expression of a template reaches the page but printable and escaped."""
    found = Environment(
        loader=FileSystemLoader(Path(__file__).parent),
        autoescape=True,
        finalize=fit_to_print,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    found.filters |= {
        "told": told,
        "code_lines": code_lines,
        "percent": percent,
        "when": when,
        "count": count,
        "reasons": words.reasons,
        "score": words.score,
        "share": words.share,
        "state": words.state,
        "title": words.title,
    }
    found.globals |= {"headline": words.headline, "probes_passed": words.probes_passed}
    return found


def fit_to_print(value: Any) -> Any:
    return printable(value) if isinstance(value, str) and not isinstance(value, Markup) else value


def told(sentence: str) -> Markup:
    """A sentence, with what stands in backticks as code."""
    parts = printable(sentence).split("`")
    if len(parts) % 2 == 0:  # a backtick that nothing closes
        return escape("`".join(parts))
    made = (
        Markup("<code>{}</code>").format(p) if i % 2 else escape(p) for i, p in enumerate(parts)
    )
    return Markup("").join(made)


def count(number: int, one: str, more: str = "") -> str:
    """1 test, 2 tests."""
    return f"{number} {one if number == 1 else more or f'{one}s'}"


def percent(share: float) -> str:
    return f"{round(100 * share)} %"


def code_lines(source: str, marked: Iterable[int] = ()) -> Markup:
    """Source in colour, a numbered line each; `marked` ones have a sign and a word, too."""
    text = printable(source, words.LONGEST * 3).rstrip("\n")
    lines = text.split("\n")
    rest = len(lines) - words.MOST_LINES
    text = "\n".join(lines[: words.MOST_LINES])
    formatter = HtmlFormatter(nowrap=True)
    lit = highlight(text, PythonLexer(stripnl=False, ensurenl=False), formatter).split("\n")
    found = Markup("")
    for number, content in enumerate(lit[: words.MOST_LINES], 1):
        if number == len(lit) and not content:
            break  # the formatter ends its last line
        kind, note = ("line failed", "failed here") if number in set(marked) else ("line", "")
        row = Markup('<span class="{}" data-n="{}" data-note="{}">{}\n</span>')
        found += row.format(kind, number, note, Markup(content))
    if rest > 0:
        found += Markup('<span class="line">… and {} more lines\n</span>').format(rest)
    return found


def when(time: str) -> str:
    """A time in ISO 8601 for a reader: to the minute."""
    try:
        return datetime.fromisoformat(time).strftime("%d %b %Y, %H:%M")
    except ValueError:
        return time


def commits(history: list[tuple[str, str]]) -> list[tuple[str, str, str]]:
    """Of each commit the time, the time since the one before, and the subject."""
    found, before = [], None
    for time, subject in history:
        try:
            now = datetime.fromisoformat(time)
        except ValueError:
            now = None
        gap = ""
        if now and before and (now.tzinfo is None) == (before.tzinfo is None):
            gap = span(now - before)
        found.append((when(time), gap, subject))
        before = now or before
    return found[-MOST_COMMITS:]


def span(time: timedelta) -> str:
    minutes = round(time.total_seconds() / 60)
    if minutes < 0:
        return "earlier than the one before"
    if minutes < 120:
        return f"{minutes} min later"
    hours = minutes / 60
    return f"{hours:.0f} h later" if hours < 48 else f"{hours / 24:.0f} days later"
