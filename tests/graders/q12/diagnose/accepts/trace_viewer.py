"""The trace viewer's events, and a dictionary of times."""

import collections
import json
import re
from pathlib import Path

from xprof.convert import raw_to_tool_data

OP = re.compile(r"([^: ]+):([^: ]+)")


def diagnose(logdir):
    files = sorted(Path(logdir).rglob("*.xplane.pb"))
    if not files:
        raise FileNotFoundError(logdir)
    options = {"use_saved_result": False}
    data, _ = raw_to_tool_data.xspace_to_tool_data([str(files[-1])], "trace_viewer", options)
    entries = [entry for entry in json.loads(data)["traceEvents"] if entry]
    lines = {
        (e["pid"], e["tid"]): e["args"]["name"]
        for e in entries
        if e["ph"] == "M" and e["name"] == "thread_name"
    }
    events = [e for e in entries if e["ph"] == "X"]
    spans = [(e["ts"], e["ts"] + e["dur"]) for e in events if "step_num" in e.get("args", {})]
    if not spans:
        return "no steps", ""
    spent = collections.Counter()
    ops = {True: collections.Counter(), False: collections.Counter()}
    traced = []
    for e in events:
        args = e.get("args", {})
        inside = any(a <= e["ts"] < b for a, b in spans)
        if op := OP.fullmatch(args.get("long_name", e["name"])):
            data_thread = lines.get((e["pid"], e["tid"]), "").startswith("tf_data")
            ops[data_thread][op[1]] += e["dur"]
        if inside and e["name"] == "IteratorGetNextOp::DoCompute":
            spent["input"] += e["dur"]
        if inside and "tf_function_call" in args:
            is_traced = args["tf_function_call"].startswith("traced")
            spent["retracing" if is_traced else "compute"] += e["dur"]
            traced += [e["name"]] * is_traced
    if len(traced) == 1:
        spent["compute"] += spent.pop("retracing")
    spent["python"] = sum(b - a for a, b in spans) - sum(spent.values())
    kind = spent.most_common(1)[0][0]
    if kind == "retracing":
        return kind, traced[0]
    if kind == "python":
        return kind, ""
    ranked = ops[kind == "input"].most_common(1)
    return kind, ranked[0][0] if ranked else ""
