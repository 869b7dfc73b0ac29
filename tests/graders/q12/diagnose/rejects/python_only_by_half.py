"""Python has to be more than all the rest together.

breaks: "The kind that takes the largest share of the steps' time"
fails: test_python_takes_the_time
"""

import re
from collections import Counter
from pathlib import Path

from lab.xplane import read

OPERATION = re.compile(r"[^:\s]+:[^:\s]+")
FETCH = "IteratorGetNextOp::DoCompute"


def diagnose(logdir):
    """Name what takes the largest share of the steps' time, and what is behind it."""
    files = sorted(Path(logdir).glob("plugins/profile/*/*.xplane.pb"))
    if not files:
        raise FileNotFoundError(f"no capture in {logdir}")
    events = read(files[-1])
    steps = [e for e in events if "step_num" in e.facts and "_r" in e.facts]
    if not steps:
        return "no steps", ""
    events = [e for e in events if any(s.start <= e.start < s.end for s in steps)]

    calls = outermost([e for e in events if "tf_function_call" in e.facts])
    traces = [e for e in calls if str(e.facts["tf_function_call"]).startswith("traced")]
    times_traced = Counter(e.name for e in traces)
    retraces = [e for e in traces if times_traced[e.name] >= 2]

    times = {
        "input": total(e for e in events if e.name == FETCH),
        "retracing": total(retraces),
        "compute": total(calls) - total(retraces),
    }
    times["python"] = total(steps) - sum(times.values())

    operations = [e for e in events if OPERATION.fullmatch(e.name)]
    rest = times.pop("python")
    kind = "python" if rest > sum(times.values()) else max(times, key=times.get)
    if kind == "input":
        return kind, longest(operation(e) for e in operations if is_data(e))
    if kind == "retracing":
        return kind, longest((e.name, e.duration) for e in retraces)
    if kind == "compute":
        return kind, longest(operation(e) for e in operations if not is_data(e))
    return kind, ""


def is_data(event):
    return event.line.startswith("tf_data")


def operation(event):
    return event.name.partition(":")[0], event.duration


def total(events):
    return sum(e.duration for e in events)


def longest(parts):
    """The name with the largest sum."""
    sums = Counter()
    for name, duration in parts:
        sums[name] += duration
    return max(sums, key=sums.get, default="")


def outermost(calls):
    """Without the calls within another one on the same line."""
    found, ends = [], {}
    for call in sorted(calls, key=lambda c: (c.start, -c.duration)):
        line = call.plane, call.line
        if line in ends and call.start < ends[line] - 1e-6:
            continue
        ends[line] = call.end
        found.append(call)
    return found
