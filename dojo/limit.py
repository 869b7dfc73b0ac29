"""How long a test, or the import of a stub, may take: what pytest-timeout was told."""

from __future__ import annotations

import pytest

PLUGIN = ("timeout", "pytest_timeout")  # found by itself, and named in PYTEST_PLUGINS or by -p
GRACE = 5.0  # seconds beyond a test's own limit, until it is ended from outside


def time_limit(config: pytest.Config, item: pytest.Item | None = None) -> float | None:
    """Seconds; None for no limit. A test may have a limit of its own."""
    if not any(map(config.pluginmanager.hasplugin, PLUGIN)):
        return None
    marker = item.get_closest_marker("timeout") if item else None
    if marker and marker.args:
        return float(marker.args[0]) or None
    asked = config.getoption("timeout")
    return float(asked if asked is not None else config.getini("timeout") or 0) or None
