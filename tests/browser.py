"""The browser that tests look at pages with."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from playwright.sync_api import Page

BROWSERS = ("chromium", "chromium-browser", "google-chrome")  # the first that is there
Open = Callable[..., "Page"]  # a tab, of an address
