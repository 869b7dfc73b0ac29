"""Saved results are removed before the converter runs; times from the input pipeline page."""

import json
import os

from xprof.convert.raw_to_tool_data import xspace_to_tool_data


def newest(logdir):
    home = os.path.join(logdir, "plugins", "profile")
    for run in sorted(os.listdir(home) if os.path.isdir(home) else [], reverse=True):
        folder = os.path.join(home, run)
        found = [name for name in os.listdir(folder) if name.endswith(".xplane.pb")]
        if found:
            for name in os.listdir(folder):
                if name not in found:
                    os.remove(os.path.join(folder, name))
            return os.path.join(folder, found[0])
    raise FileNotFoundError(logdir)


def top_ops(logdir, n):
    data, kind = xspace_to_tool_data([newest(logdir)], "framework_op_stats", {})
    table = json.loads(data)[0]
    at = {column["id"]: i for i, column in enumerate(table["cols"])}
    ops = []
    for row in table["rows"]:
        cells = [cell["v"] for cell in row["c"]]
        if cells[at["type"]] not in ("IDLE", "Dataset"):
            time = cells[at["total_self_time"]] / 1e3
            ops.append((-time, cells[at["operation"]], int(cells[at["occurrences"]])))
    return [(name, runs, -time) for time, name, runs in sorted(ops)[:n]]


def table_of_steps(logdir):
    data, _ = xspace_to_tool_data([newest(logdir)], "input_pipeline_analyzer", {})
    table = json.loads(data)[1]
    ids = [column["id"] for column in table["cols"]]
    return [dict(zip(ids, [cell["v"] for cell in row["c"]])) for row in table["rows"]]


def step_times(logdir):
    return [float(row["stepTimeMs"]) for row in table_of_steps(logdir)]


def input_share(logdir):
    rows = table_of_steps(logdir)
    try:
        return sum(row["infeedTimeMs"] for row in rows) / sum(row["stepTimeMs"] for row in rows)
    except ZeroDivisionError:
        raise ValueError("no steps") from None
