"""What runs most often comes first.

breaks: "The largest time comes first"
fails: test_self_time_is_without_what_is_within, test_the_slowest_operation_comes_first
"""

import json
from os import PathLike
from pathlib import Path
from typing import Any

from xprof.convert import raw_to_tool_data


def top_ops(logdir: str | PathLike[str], n: int) -> list[tuple[str, int, float]]:
    without_idle = tables(logdir, "framework_op_stats")[1]
    ops = [row for row in rows(without_idle) if row["type"] != "Dataset"]
    ops.sort(key=lambda row: -row["occurrences"])
    return [
        (op["operation"], int(op["occurrences"]), op["total_self_time"] / 1000) for op in ops[:n]
    ]


def step_times(logdir: str | PathLike[str]) -> list[float]:
    return [row["stepTimeMs"] for row in rows(tables(logdir, "overview_page")[1])]


def input_share(logdir: str | PathLike[str]) -> float:
    steps = rows(tables(logdir, "input_pipeline_analyzer")[1])
    if not steps:
        raise ValueError("No step is marked in this capture.")
    waited = sum(row["infeedTimeMs"] for row in steps)
    return waited / sum(row["stepTimeMs"] for row in steps)


def tables(logdir: str | PathLike[str], tool: str) -> list[dict[str, Any]]:
    files = sorted(Path(logdir).glob("plugins/profile/*/*.xplane.pb"))
    if not files:
        raise FileNotFoundError(f"There is no capture in {logdir}.")
    # A saved result beside the capture is used if it is there, whatever the capture now holds.
    options = {"use_saved_result": False}
    data, _ = raw_to_tool_data.xspace_to_tool_data([str(files[-1])], tool, options)
    return json.loads(data)


def rows(table: dict[str, Any]) -> list[dict[str, Any]]:
    """The rows of a table, by the ids of its columns."""
    ids = [column["id"] for column in table["cols"]]
    return [dict(zip(ids, (c["v"] for c in row["c"]), strict=True)) for row in table["rows"]]
