"""The picture in the README shows what a run prints today."""

from __future__ import annotations

import pytest

from tools import picture


@pytest.mark.timeout(200)  # a cold run
def test_the_picture_shows_what_the_command_prints() -> None:
    shown = picture.timeless(picture.read(picture.PICTURE.read_text("utf-8")))
    printed = picture.timeless(picture.screen().plain)
    assert shown == printed, "python -m tools.picture makes it anew"
