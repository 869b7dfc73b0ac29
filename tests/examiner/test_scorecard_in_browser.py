"""The scorecard in a real browser, of a submission in which every text is hostile."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from examiner.reports import folder
from tests.browser import Open
from tests.examiner import nasty

pytestmark = pytest.mark.timeout(120)


@pytest.fixture
def scorecard(tmp_path: Path) -> str:
    """Its address."""
    folder.write_all(nasty.grading(), tmp_path / "report")
    return (tmp_path / "report/scorecard.html").as_uri()


@pytest.mark.parametrize("width", [380, 1400])
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_it_fits_the_window(width: int, scheme: Any, scorecard: str, open_tab: Open) -> None:
    tab = open_tab(scorecard, width, color_scheme=scheme)
    for details in tab.locator("details").all():
        details.evaluate("node => { node.open = true; }")
    assert tab.evaluate("document.documentElement.scrollWidth") <= width
    assert tab.locator("tbody tr").first.is_visible()


def test_nothing_of_a_submission_is_executed(scorecard: str, open_tab: Open) -> None:
    """No alert, no request and no error: the tab itself sees to these."""
    tab = open_tab(scorecard)
    tab.wait_for_load_state("networkidle")
    assert tab.locator("script, img, iframe, object, [onerror], [onload]").count() == 0
    assert "<script>alert(1)</script>" in tab.locator("body").inner_text()
    assert tab.title().startswith("Scorecard: anna <script>")


def test_a_print_has_what_the_screen_folds_away(scorecard: str, open_tab: Open) -> None:
    tab = open_tab(scorecard)
    folded = tab.locator("details:not([open]):not(.likeness) pre").first
    assert not folded.is_visible()
    tab.emulate_media(media="print")
    assert folded.is_visible()
    pages = tab.pdf(format="A4")
    assert pages.startswith(b"%PDF-")
    assert pages.count(b"/Type /Page\n") >= 2
