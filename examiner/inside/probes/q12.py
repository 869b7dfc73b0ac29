"""Probes of q12."""

from __future__ import annotations

from types import ModuleType
from typing import Any


def gaps(stub: ModuleType, traces: list[dict[str, Any]]) -> list[list[Any]]:
    """The idle share of each trace, and the name and the time of what the host did meanwhile."""
    return [
        [float(stub.idle_share(trace)), str(name), float(time)]
        for trace in traces
        for name, time in [stub.busiest_in_gaps(trace)]
    ]
