"""The pictures in the README show what is printed today."""

from __future__ import annotations

import sys

import pytest

from tools import picture, screens


@pytest.mark.timeout(200)  # a cold run
def test_the_picture_shows_what_the_command_prints() -> None:
    shown = picture.timeless(picture.read(picture.PICTURE.read_text("utf-8")))
    printed = picture.timeless(picture.screen().plain)
    assert shown == printed, "python -m tools.picture makes it anew"


@pytest.mark.timeout(300)  # a watch with TensorFlow
@pytest.mark.skipif(sys.platform == "win32", reason="a pseudo-terminal of Unix")
def test_the_picture_of_the_watch() -> None:
    shown = picture.read(screens.PICTURE.read_text("utf-8"))
    assert shown == screens.failing().plain, "python -m tools.screens makes it anew"
