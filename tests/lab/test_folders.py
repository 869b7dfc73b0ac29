"""A watch tells what was complete when it appeared from what was filled later."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from lab.folders import Watch

pytestmark = pytest.mark.skipif(not sys.platform.startswith("linux"), reason="needs inotify")


def test_what_is_renamed_is_complete_and_what_is_made_is_empty(tmp_path: Path) -> None:
    folder = tmp_path / "models"
    for made in (folder, tmp_path / "staging", tmp_path / "elsewhere"):
        made.mkdir()
    with Watch(folder) as watch:
        (folder / "1").mkdir()
        (tmp_path / "staging").rename(folder / "2")
        (folder / "3").symlink_to(tmp_path / "elsewhere")
        (folder / "4").write_text("filled a moment later")
        (folder / "1" / "below").touch()
    assert watch.seen == [("1", "empty"), ("2", "complete"), ("3", "complete"), ("4", "empty")]


def test_what_was_there_is_not_seen(tmp_path: Path) -> None:
    (tmp_path / "1").mkdir()
    with Watch(tmp_path) as watch:
        (tmp_path / "1").rename(tmp_path.with_name("moved_away"))
    assert watch.seen == []


def test_a_folder_that_is_not_there_cannot_be_watched(tmp_path: Path) -> None:
    with pytest.raises(OSError, match="inotify"), Watch(tmp_path / "nothing"):
        pass
