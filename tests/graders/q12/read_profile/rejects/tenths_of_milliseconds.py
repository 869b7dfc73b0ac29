"""Times are rounded, to be read more easily.

breaks: "its time in milliseconds"
fails: test_python_takes_time_of_a_step, test_steps_take_their_time
"""

import json
from pathlib import Path

from xprof.convert.raw_to_tool_data import xspace_to_tool_data

OPTIONS = {"use_saved_result": False}


def last_capture(logdir):
    runs = sorted(Path(logdir, "plugins", "profile").glob("*/*.xplane.pb"))
    if not runs:
        raise FileNotFoundError(f"no capture in {logdir}")
    return runs[-1]


def tables(logdir, tool):
    text, _ = xspace_to_tool_data([str(last_capture(logdir))], tool, dict(OPTIONS))
    for table in json.loads(text):
        names = [column["id"] for column in table.get("cols", [])]
        yield (
            [dict(zip(names, [cell["v"] for cell in row["c"]])) for row in table.get("rows", [])],
            names,
        )


def top_ops(logdir, n):
    rows, _ = list(tables(logdir, "framework_op_stats"))[1]
    ops = [
        (row["operation"], int(row["occurrences"]), row["total_self_time"] / 1000)
        for row in rows
        if row["type"] not in ("Dataset", "IDLE")
    ]
    return sorted(ops, key=lambda op: -op[2])[:n]


def steps(logdir):
    for rows, names in tables(logdir, "overview_page"):
        if "stepTimeMs" in names:
            return rows
    return []


def step_times(logdir):
    return [round(row["stepTimeMs"], 1) for row in steps(logdir)]


def input_share(logdir):
    rows = steps(logdir)
    if not rows:
        raise ValueError("no step is marked")
    return sum(row["infeedTimeMs"] for row in rows) / sum(
        round(row["stepTimeMs"], 1) for row in rows
    )
