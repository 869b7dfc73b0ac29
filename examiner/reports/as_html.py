"""The grading as one HTML file for a hiring engineer: no script, and nothing from the network."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, datetime, timedelta
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
    page = environment().get_template("reports/scorecard.html.j2")
    return page.render(grading=grading, commits=commits(grading.history)) + "\n"


def environment() -> Environment:
    """Where no expression of a template reaches the page but printable and escaped."""
    found = Environment(
        loader=FileSystemLoader(Path(__file__).parents[1]),
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
        "line": words.line,
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
    """Source in colour, a numbered line each; `marked` ones have a sign, too."""
    lines = printable(source, words.LONGEST * 3).rstrip("\n").split("\n")
    rest, signs = len(lines) - words.MOST_LINES, set(marked)
    row = Markup('<span class="{}" data-n="{}">{}\n</span>')
    found = [
        row.format("line failed" if number in signs else "line", number, content)
        for number, content in enumerate(colored(lines[: words.MOST_LINES]), 1)
    ]
    if rest > 0:
        found.append(row.format("line", "", f"… and {rest} more lines"))
    return Markup("").join(found)


def colored(lines: list[str]) -> list[Markup]:
    """As many lines as there were."""
    lexer = PythonLexer(stripnl=False, ensurenl=False)
    lit = highlight("\n".join(lines), lexer, HtmlFormatter(nowrap=True)).split("\n")
    return [Markup(line) for line in lit[: len(lines)]]


def moment(time: str) -> datetime | None:
    """A time in ISO 8601, in UTC where it names no zone; none if it is not a time."""
    try:
        found = datetime.fromisoformat(time)
    except ValueError:
        return None
    return found if found.tzinfo else found.replace(tzinfo=UTC)


def when(time: str) -> str:
    """A time for a reader: to the minute."""
    found = moment(time)
    return found.strftime("%d %b %Y, %H:%M") if found else time


def commits(history: list[tuple[str, str]]) -> list[tuple[str, str, str]]:
    """Of the last commits the time, the time since the one before, and the subject."""
    found, before = [], None
    for time, subject in history:
        now = moment(time)
        found.append((when(time), span(now - before) if now and before else "", subject))
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
