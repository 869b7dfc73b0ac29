"""An operation that runs on two threads is named twice.

breaks: "summed over all executions"
fails: test_the_slowest_operation_comes_first
"""

from itertools import groupby
from os import PathLike
from pathlib import Path

from lab.xplane import read


def last_capture(logdir):
    files = list(Path(logdir).glob("plugins/profile/*/*.xplane.pb"))
    if not files:
        raise FileNotFoundError(f"no capture in {logdir}")
    return max(files, key=lambda file: file.parent.name)


def is_operation(event):
    return event.name.count(":") == 1 and " " not in event.name


def self_times(events):
    def where(event):
        return (event.plane, event.line)

    for _, on_line in groupby(sorted(events, key=where), where):
        stack = []  # [event, self time]
        for event in sorted(on_line, key=lambda e: (e.start, -e.duration)):
            while stack and stack[-1][0].end <= event.start + 1e-6:
                yield stack.pop()
            if stack:
                stack[-1][1] -= event.duration
            stack.append([event, event.duration])
        yield from stack


def top_ops(logdir: str | PathLike[str], n: int) -> list[tuple[str, int, float]]:
    events = read(last_capture(logdir))
    counts, times = {}, {}
    for event, time in self_times(e for e in events if is_operation(e)):
        name = (event.name.split(":")[0], event.line)
        counts[name] = counts.get(name, 0) + 1
        times[name] = times.get(name, 0.0) + time / 1000
    names = sorted(times, key=times.get, reverse=True)
    return [(name[0], counts[name], times[name]) for name in names[:n]]


def steps_of(events):
    steps = [e for e in events if "step_num" in e.facts and "_r" in e.facts]
    return sorted(steps, key=lambda e: e.start)


def step_times(logdir: str | PathLike[str]) -> list[float]:
    return [step.duration / 1000 for step in steps_of(read(last_capture(logdir)))]


def input_share(logdir: str | PathLike[str]) -> float:
    events = read(last_capture(logdir))
    steps = steps_of(events)
    if not steps:
        raise ValueError("no step is marked")
    waits = [
        e.duration
        for e in events
        if e.name == "IteratorGetNextOp::DoCompute"
        and any(s.start <= e.start and e.end <= s.end for s in steps)
    ]
    return sum(waits) / sum(s.duration for s in steps)
