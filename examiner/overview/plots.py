"""Plots for the overview page: SVG that takes the page's own colour for lines and texts.

Vega-Lite draws them: https://vega.github.io/vega-lite
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import groupby
from typing import Any

import numpy as np
import vl_convert
from markupsafe import Markup

from examiner.overview.statistics import Board, Item

PASSED, FAILED, NOT_TRIED = "#3a9a6a", "#d1603d", "#9aa0a6"
INK = "currentColor"  # which is another in the dark
AXIS = {f"{part}Color": INK for part in ("label", "title", "tick", "domain")} | {"grid": False}
CONFIG = {
    "background": None,
    "padding": {"left": 25, "right": 10, "top": 5, "bottom": 5},  # fonts are not equally wide
    "font": "system-ui, sans-serif",
    "view": {"stroke": None},
    "axis": AXIS,
    "legend": {"labelColor": INK, "title": None},
    "aria": False,  # a name for the whole is enough
}
Rows = list[dict[str, Any]]


def svg(label: str, rows: Rows, **spec: Any) -> Markup:
    """`label` is what a screen reader says."""
    whole = {"data": {"values": rows}, "config": CONFIG, **spec}
    drawn = vl_convert.vegalite_to_svg(whole)
    opening = Markup('<svg role="img" aria-label="{}"').format(label)
    return Markup(drawn.replace("<svg", opening, 1))


def quantitative(field: str, title: str, **more: Any) -> dict[str, Any]:
    return {"field": field, "type": "quantitative", "title": title, **more}


def histogram(scores: Sequence[float]) -> Markup:
    """How many submissions pass which share of the tests."""
    counts, _ = np.histogram(100 * np.array(scores), bins=range(0, 101, 10))
    rows = [
        {"from": 10 * place + 0.5, "to": 10 * place + 9.5, "count": int(count)}
        for place, count in enumerate(counts)
    ]
    return svg(
        f"Histogram of the scores of {len(scores)} submissions",
        rows,
        width=420,
        height=180,
        mark={"type": "bar", "color": PASSED},
        encoding={
            "x": quantitative("from", "tests passed, in percent", scale={"domain": [0, 100]}),
            "x2": {"field": "to"},
            "y": quantitative("count", "submissions", axis={"tickMinStep": 1}),
            "y2": {"datum": 0},
        },
    )


def scatter(items: Sequence[Item]) -> Markup:
    """Difficulty and discrimination of the tests."""
    rows = [
        {
            "pass": 100 * item.passed,
            "apart": item.tells_apart,
            "level": "beyond" if item.beyond else "idea",
        }
        for item in items
        if item.tells_apart is not None
    ]
    levels = {"domain": ["idea", "beyond"], "range": [PASSED, FAILED]}
    shapes = {"domain": ["idea", "beyond"], "range": ["circle", "triangle-up"]}
    return svg(
        f"Difficulty and discrimination of {len(rows)} tests",
        rows,
        width=420,
        height=180,
        mark={"type": "point", "filled": True, "size": 40, "opacity": 0.9},
        encoding={
            "x": quantitative("pass", "pass it, in percent", scale={"domain": [0, 100]}),
            "y": quantitative("apart", "tells people apart"),
            "color": {"field": "level", "type": "nominal", "scale": levels},
            "shape": {"field": "level", "type": "nominal", "scale": shapes},
        },
    )


def heat_map(found: Board) -> Markup:
    """Tests and submissions, the best submission left."""
    tests, people = found.passed.shape
    words = np.where(np.isnan(found.passed), "not begun", np.where(found.passed == 1, "yes", "no"))
    rows = [
        {"x": column, "x2": column + 1, "y": row, "y2": row + 1, "word": str(words[row, column])}
        for row in range(tests)
        for column in range(people)
    ]
    middles, names, begin = [], [], 0
    for (kata, stub), group in groupby(found.tests, key=lambda test: test[:2]):
        size = len(list(group))
        middles.append(begin + size / 2)
        names.append(f"{kata} {stub}")
        begin += size
    label = " : ".join(f"datum.value == {m} ? '{n}'" for m, n in zip(middles, names, strict=True))
    axis = {"values": middles, "labelExpr": f"{label} : ''", "ticks": False}
    colours = {"domain": ["yes", "no", "not begun"], "range": [PASSED, FAILED, NOT_TRIED]}
    across = {"domain": [0, people], "nice": False}
    down = {"domain": [0, tests], "nice": False, "reverse": True}
    return svg(
        f"Which of {tests} tests each of {people} submissions passes",
        rows,
        width=820,
        height=5 * tests,
        mark={"type": "rect"},
        encoding={
            "x": quantitative("x", "submissions, the best one left", scale=across),
            "x2": {"field": "x2"},
            "y": quantitative("y", "", scale=down, axis=axis),
            "y2": {"field": "y2"},
            "color": {"field": "word", "type": "nominal", "scale": colours, "legend": None},
        },
    )
