"""The trace viewer's events, and a dictionary of times. It names a step after `_r`, and omits that."""

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
    marked = [e for e in events if e.get("args", {}).keys() >= {"step_num", "step_name"}]
    spans = [(e["ts"], e["ts"] + e["dur"]) for e in marked]
    if not spans:
        return "no steps", ""
    spent = collections.Counter()
    ops = {True: collections.Counter(), False: collections.Counter()}
    traced, until = collections.defaultdict(list), collections.defaultdict(float)
    for e in sorted(events, key=lambda e: (e["ts"], -e["dur"])):
        if not any(a <= e["ts"] < b for a, b in spans):
            continue
        args, line = e.get("args", {}), (e["pid"], e["tid"])
        if op := OP.fullmatch(args.get("long_name", e["name"])):
            ops[lines.get(line, "").startswith("tf_data")][op[1]] += e["dur"]
        if e["name"] == "IteratorGetNextOp::DoCompute":
            spent["input"] += e["dur"]
        if "tf_function_call" in args and e["ts"] >= until[line]:
            until[line] = e["ts"] + e["dur"]
            spent["compute"] += e["dur"]
            if args["tf_function_call"].startswith("traced"):
                traced[e["name"]].append(e["dur"])
    again = {name: sum(times) for name, times in traced.items() if len(times) > 1}
    spent["retracing"] = sum(again.values())
    spent["compute"] -= spent["retracing"]
    spent["python"] = sum(b - a for a, b in spans) - sum(spent.values())
    kind = spent.most_common(1)[0][0]
    if kind == "retracing":
        return kind, max(again, key=again.get)
    if kind == "python":
        return kind, ""
    ranked = ops[kind == "input"].most_common(1)
    return kind, ranked[0][0] if ranked else ""
