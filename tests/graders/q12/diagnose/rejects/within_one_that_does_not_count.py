"""A call is left out within any other one, even one that does not count.

breaks: "A call within one that counts"
fails: test_a_call_within_a_call_counts_once
"""

from collections import Counter
from os import PathLike
from pathlib import Path

from lab.xplane import read


def is_step(event):
    return "step_num" in event.facts and "_r" in event.facts


def operation(event):
    one_colon = event.name.count(":") == 1
    return event.name.split(":")[0] if one_colon and " " not in event.name else None


def slowest(events):
    totals = Counter()
    for event in events:
        if name := operation(event):
            totals[name] += event.duration
    return max(totals, key=totals.get) if totals else ""


def inside(call, other):
    return (
        call is not other
        and call.line == other.line
        and other.duration > call.duration
        and other.start <= call.start + 1e-6
        and call.end <= other.end + 1e-6
    )


def diagnose(logdir: str | PathLike[str]) -> tuple[str, str]:
    files = sorted(Path(logdir).glob("plugins/profile/*/*.xplane.pb"))
    if not files:
        raise FileNotFoundError(f"no capture in {logdir}")
    events = read(files[-1])
    steps = [e for e in events if is_step(e)]
    if not steps:
        return "no steps", ""
    every_call = [e for e in events if "tf_function_call" in e.facts]
    events = [e for e in events if any(s.start <= e.start < s.end for s in steps)]

    waits = [e for e in events if e.name == "IteratorGetNextOp::DoCompute"]
    calls = [e for e in events if "tf_function_call" in e.facts]
    calls = [c for c in calls if not any(inside(c, other) for other in every_call)]
    traces = [c for c in calls if c.facts["tf_function_call"].startswith("traced")]
    often = Counter(c.name for c in traces)
    retraces = [c for c in traces if often[c.name] >= 2]
    others = [c for c in calls if c not in retraces]

    shares = {
        "input": sum(e.duration for e in waits),
        "retracing": sum(e.duration for e in retraces),
        "compute": sum(e.duration for e in others),
    }
    shares["python"] = sum(s.duration for s in steps) - sum(shares.values())
    kind = max(shares, key=shares.get)

    if kind == "input":
        return kind, slowest(e for e in events if e.line.startswith("tf_data"))
    if kind == "compute":
        return kind, slowest(e for e in events if not e.line.startswith("tf_data"))
    if kind == "retracing":
        totals = Counter()
        for c in retraces:
            totals[c.name] += c.duration
        return kind, max(totals, key=totals.get)
    return kind, ""
