"""All operations with the time of the last one are named, so there may be more than n.

breaks: "how many to name"
fails: test_the_number_of_operations_is_limited
"""

import re
from collections import defaultdict
from itertools import groupby
from pathlib import Path

from lab.xplane import HOST, read

OPERATION = re.compile(r"[^:\s]+:[A-Z_]\w*")
MARGIN = 1e-6  # microseconds


def events_of(logdir):
    """The events of the host in the last capture."""
    files = list(Path(logdir).glob("plugins/profile/*/*.xplane.pb"))
    if not files:
        raise FileNotFoundError(f"no capture in {logdir}")
    file = max(files, key=lambda file: file.parent.name)
    return [e for e in read(file) if e.plane == HOST]


def steps_of(events):
    steps = [e for e in events if "step_num" in e.facts and "_r" in e.facts]
    return sorted(steps, key=lambda e: e.start)


def top_ops(logdir, n):
    """Name the `n` operations that took the most time."""
    ops = [e for e in events_of(logdir) if OPERATION.fullmatch(e.name)]
    counts, times = defaultdict(int), defaultdict(float)
    for _, on_line in groupby(sorted(ops, key=lambda e: e.line), key=lambda e: e.line):
        around = []  # the operations that the next one may run within
        for e in sorted(on_line, key=lambda e: (e.start, -e.duration)):
            while around and e.start > around[-1].end - MARGIN:
                around.pop()
            if around:
                times[name_of(around[-1])] -= e.duration
            counts[name_of(e)] += 1
            times[name_of(e)] += e.duration
            around.append(e)
    names = sorted(times, key=times.get, reverse=True)
    least = times[names[:n][-1]] if names[:n] else 0.0
    return [(name, counts[name], times[name] / 1000) for name in names if times[name] >= least]


def name_of(event):
    return event.name.partition(":")[0]


def step_times(logdir):
    """How long each step took."""
    return [e.duration / 1000 for e in steps_of(events_of(logdir))]


def input_share(logdir):
    """Which share of all step time the steps waited for their batches."""
    events = events_of(logdir)
    steps = steps_of(events)
    if not steps:
        raise ValueError("no step is marked")
    waits = [e for e in events if e.name == "IteratorGetNextOp::DoCompute"]
    waited = sum(max(0.0, min(s.end, w.end) - max(s.start, w.start)) for s in steps for w in waits)
    whole = sum(s.duration for s in steps)
    return min(1.0, waited / whole) if whole else 0.0
