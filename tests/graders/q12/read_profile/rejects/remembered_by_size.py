"""A file of the same size is taken for the same file.

breaks: "All three functions read a file anew that was replaced"
fails: test_a_new_file_is_read_anew
"""

import json
from os import PathLike
from pathlib import Path

from xprof.convert.raw_to_tool_data import xspace_to_tool_data


def last_capture(logdir):
    files = list(Path(logdir).glob("plugins/profile/*/*.xplane.pb"))
    if not files:
        raise FileNotFoundError(f"no capture in {logdir}")
    return max(files, key=lambda file: file.parent.name)


known = {}


def tables(logdir, tool):
    options = {"use_saved_result": False}
    file = last_capture(logdir)
    key = str(file), file.stat().st_size, tool
    if key not in known:
        known[key] = json.loads(xspace_to_tool_data([str(file)], tool, options)[0])
    return known[key]


def rows_of(table):
    ids = [column["id"] for column in table["cols"]]
    rows = table.get("rows", [])
    return [dict(zip(ids, (cell and cell.get("v") for cell in row["c"]))) for row in rows]


def top_ops(logdir: str | PathLike[str], n: int) -> list[tuple[str, int, float]]:
    rows = rows_of(tables(logdir, "framework_op_stats")[0])
    rows = [row for row in rows if row["type"] not in ("IDLE", "Dataset")]
    rows.sort(key=lambda row: row["total_self_time"], reverse=True)
    return [
        (row["operation"], int(row["occurrences"]), row["total_self_time"] / 1000)
        for row in rows[:n]
    ]


def steps_in(logdir, tool):
    for table in tables(logdir, tool):
        columns = {column["id"] for column in table.get("cols", [])}
        if {"infeedTimeMs", "hostComputeTimeMs"} <= columns:
            return rows_of(table)
    return []


def time_of(row):
    parts = [key for key in row if key.endswith("TimeMs") and key != "stepTimeMs"]
    return sum(float(row[key]) for key in parts)


def step_times(logdir: str | PathLike[str]) -> list[float]:
    return [time_of(row) for row in steps_in(logdir, "overview_page")]


def input_share(logdir: str | PathLike[str]) -> float:
    rows = steps_in(logdir, "input_pipeline_analyzer")
    if not rows:
        raise ValueError("no step is marked")
    return sum(float(row["infeedTimeMs"]) for row in rows) / sum(time_of(row) for row in rows)
