"""What TensorFlow runs for a call: the ops, each with the device that it ran on."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from tensorflow.python.eager import context  # no public name tells where an op has run


def executed(call: Callable[[], object]) -> list[Any]:
    """The nodes of the graphs that run within `call` for the first time, as NodeDefs."""
    recorder = context.context()
    recorder.enable_run_metadata()
    recorder.export_run_metadata()  # drops what earlier calls have left
    try:
        call()
        graphs = recorder.export_run_metadata().partition_graphs
    finally:
        recorder.disable_run_metadata()
    return [node for graph in graphs for node in graph.node]
