"""The overview page in a real browser."""

from __future__ import annotations

from pathlib import Path
from typing import Any
from urllib.parse import unquote

import pytest

from examiner.batch.store import Store
from examiner.overview.folder import write_reports
from examiner.reports import as_json
from tests.browser import Open
from tests.examiner import nasty
from tests.examiner.batch.round import ROOT
from tests.examiner.batch.test_overview import PASSES, grading, put

pytestmark = pytest.mark.timeout(120)


@pytest.fixture(scope="module")
def overview(tmp_path_factory: pytest.TempPathFactory) -> str:
    """Its address."""
    report = tmp_path_factory.mktemp("overview") / "report"
    with Store(report) as store:
        for name, passes in PASSES.items():
            put(store, grading(name, passes))
        made = nasty.grading()
        store.put(made.name, "key", "graded", as_json.write(made))
        write_reports(store, ROOT, report)
    return (report / "overview.html").as_uri()


def names(tab: Any) -> list[str]:
    return [row.inner_text() for row in tab.locator("tbody").first.locator("tr:visible th").all()]


@pytest.mark.parametrize("width", [380, 1400])
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_it_fits_the_window(width: int, scheme: Any, overview: str, open_tab: Open) -> None:
    tab = open_tab(overview, width, color_scheme=scheme)
    assert tab.evaluate("document.documentElement.scrollWidth") <= width
    assert tab.locator("svg").count() == 3


def test_a_column_sorts(overview: str, open_tab: Open) -> None:
    tab = open_tab(overview)
    button = tab.get_by_role("button", name="Name")
    button.click()
    ascending = names(tab)
    assert ascending == sorted(ascending, key=str.lower)
    button.press("Enter")
    assert names(tab) == ascending[::-1]
    assert tab.locator("th[aria-sort]").first.get_attribute("aria-sort") == "descending"


def test_the_filter_leaves_some(overview: str, open_tab: Open) -> None:
    tab = open_tab(overview)
    tab.get_by_label("Only names with").fill("P3")
    assert names(tab) == ["p3"]
    assert tab.get_by_role("status").inner_text() == "1 of 11"


def test_a_name_leads_to_its_scorecard(overview: str, open_tab: Open) -> None:
    links = [link.evaluate("node => node.href") for link in open_tab(overview).locator("a").all()]
    assert len(links) == 11
    for link in links:
        assert Path(unquote(link.removeprefix("file://"))).is_file()


def test_the_plots_take_the_colour_of_the_page(overview: str, open_tab: Open) -> None:
    fills = []
    for scheme in ("light", "dark"):
        tab = open_tab(overview, color_scheme=scheme)
        text = tab.locator("svg text").first
        fills.append(text.evaluate("node => getComputedStyle(node).fill"))
    assert fills[0] != fills[1]
