"""The tables of the tools with the options that the example shows: saved results are used."""

import json
from pathlib import Path

from xprof.convert import raw_to_tool_data


def table(logdir, tool):
    files = sorted(Path(logdir).glob("plugins/profile/*/*.xplane.pb"))
    if not files:
        raise FileNotFoundError(logdir)
    data, _ = raw_to_tool_data.xspace_to_tool_data([str(files[-1])], tool, {})
    found = json.loads(data)[1]
    ids = [column["id"] for column in found["cols"]]
    return [dict(zip(ids, [cell["v"] for cell in row["c"]])) for row in found["rows"]]


def top_ops(logdir, n):
    ops = [row for row in table(logdir, "framework_op_stats") if row["type"] != "Dataset"]
    ops.sort(key=lambda row: row["total_time"], reverse=True)
    return [(o["operation"], int(o["occurrences"]), o["total_time"] / 1000) for o in ops[:n]]


def step_times(logdir):
    return [row["stepTimeMs"] for row in table(logdir, "overview_page")]


def input_share(logdir):
    steps = table(logdir, "overview_page")
    if not steps:
        raise ValueError("no steps")
    return sum(s["infeedTimeMs"] for s in steps) / sum(s["stepTimeMs"] for s in steps)
