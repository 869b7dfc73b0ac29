"""How long a test, or the import of a stub, may take: what pytest-timeout was told."""

from __future__ import annotations

import pytest


def time_limit(config: pytest.Config, item: pytest.Item | None = None) -> float | None:
    """Seconds; None for no limit. A test may have a limit of its own."""
    marker = item.get_closest_marker("timeout") if item else None
    if marker and marker.args:
        return float(marker.args[0]) or None
    asked = config.getoption("timeout", None)
    return float(asked if asked is not None else config.getini("timeout") or 0) or None
