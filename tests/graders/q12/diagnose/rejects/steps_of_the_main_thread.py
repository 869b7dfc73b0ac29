"""A step has to be marked on the main thread of Python.

breaks: "A step is an event with the facts `step_num` and `_r`"
fails: test_without_steps_nothing_is_known
"""

import re
from collections import Counter
from collections.abc import Iterable
from os import PathLike
from pathlib import Path

from lab.xplane import Event, read

OPERATION = re.compile(r"([^: ]+):[^: ]+")


def diagnose(logdir: str | PathLike[str]) -> tuple[str, str]:
    files = list(Path(logdir).glob("plugins/profile/*/*.xplane.pb"))
    if not files:
        raise FileNotFoundError(f"There is no capture in {logdir}.")
    events = read(files[0])
    main = [event for event in events if "/" not in event.line]  # others have their number
    steps = [event for event in main if event.facts.keys() >= {"step_num", "_r"}]
    if not steps:
        return "no steps", ""

    within = [e for e in events if any(step.start <= e.start < step.end for step in steps)]
    waits = [event for event in within if event.name == "IteratorGetNextOp::DoCompute"]
    calls = outermost(event for event in within if "tf_function_call" in event.facts)
    traces = [call for call in calls if call.facts["tf_function_call"].startswith("traced")]
    often = Counter(call.name for call in traces)
    retraces = [call for call in traces if often[call.name] > 1]
    shares = {
        "input": time(waits),
        "retracing": time(retraces),
        "compute": time(calls) - time(retraces),
    }
    shares["python"] = time(steps) - sum(shares.values())
    kind = max(shares, key=shares.__getitem__)

    culprits = {
        "input": operations(event for event in within if event.line.startswith("tf_data")),
        "retracing": [(call.name, call.duration) for call in retraces],
        "compute": operations(event for event in within if not event.line.startswith("tf_data")),
        "python": [],
    }
    return kind, slowest(culprits[kind])


def outermost(calls: Iterable[Event]) -> list[Event]:
    """The calls that are not made within another one."""
    found: list[Event] = []
    for call in sorted(calls, key=lambda call: (call.line, call.start, -call.duration)):
        if not found or call.line != found[-1].line or call.start >= found[-1].end:
            found.append(call)
    return found


def time(events: Iterable[Event]) -> float:
    return sum(event.duration for event in events)


def operations(events: Iterable[Event]) -> list[tuple[str, float]]:
    """The name and the time of each run of an operation."""
    matches = ((OPERATION.fullmatch(event.name), event.duration) for event in events)
    return [(match[1], duration) for match, duration in matches if match]


def slowest(runs: Iterable[tuple[str, float]]) -> str:
    """The name that took the most time in all."""
    times = Counter[str]()
    for name, duration in runs:
        times[name] += duration
    return max(times, key=times.__getitem__, default="")
