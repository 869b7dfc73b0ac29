"""One loop over the events; calls within calls, and captures without operations, are not foreseen."""

from collections import defaultdict
from pathlib import Path

from lab.xplane import read


def diagnose(logdir):
    files = list(Path(logdir).glob("plugins/profile/*/*.xplane.pb"))
    if not files:
        raise FileNotFoundError(logdir)
    events = read(files[0])
    steps = [e for e in events if "step_num" in e.facts and "_r" in e.facts]
    if not steps:
        return "no steps", ""
    spent = {"input": 0.0, "compute": 0.0, "retracing": 0.0}
    traces, data_ops, other_ops = defaultdict(list), defaultdict(float), defaultdict(float)
    for e in events:
        if not any(s.start <= e.start < s.end for s in steps):
            continue
        if e.name == "IteratorGetNextOp::DoCompute":
            spent["input"] += e.duration
        elif "tf_function_call" in e.facts:
            spent["compute"] += e.duration
            if e.facts["tf_function_call"].startswith("traced"):
                traces[e.name].append(e.duration)
        elif e.name.count(":") == 1 and " " not in e.name:
            ops = data_ops if e.line.startswith("tf_data") else other_ops
            ops[e.name.split(":")[0]] += e.duration
    retraced = {name: sum(times) for name, times in traces.items() if len(times) >= 2}
    spent["retracing"] = sum(retraced.values())
    spent["compute"] -= spent["retracing"]
    spent["python"] = sum(s.duration for s in steps) - sum(spent.values())
    kind = max(spent, key=spent.get)
    if kind == "python":
        return kind, ""
    times = {"input": data_ops, "compute": other_ops, "retracing": retraced}[kind]
    return kind, max(times, key=times.get)
