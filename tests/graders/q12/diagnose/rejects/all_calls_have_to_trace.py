"""Where some calls do not trace, there is no retracing.

fails: test_later_steps_trace
"""

from collections import Counter
from collections.abc import Iterable
from os import PathLike
from pathlib import Path

from lab.xplane import Event, read


def diagnose(logdir: str | PathLike[str]) -> tuple[str, str]:
    files = list(Path(logdir).glob("plugins/profile/*/*.xplane.pb"))
    if not files:
        raise FileNotFoundError(f"There is no capture in {logdir}.")
    events = read(files[0])
    steps = [event for event in events if "step_num" in event.facts]
    if not steps:
        return "no steps", ""

    within = [e for e in events if any(step.start <= e.start < step.end for step in steps)]
    waits = [event for event in within if event.name == "IteratorGetNextOp::DoCompute"]
    calls = [event for event in within if "tf_function_call" in event.facts]
    traced = [call for call in calls if call.facts["tf_function_call"].startswith("traced")]
    if len(traced) < max(2, len(calls)):
        traced = []
    shares = {
        "input": time(waits),
        "retracing": time(traced),
        "compute": time(calls) - time(traced),
    }
    shares["python"] = time(steps) - sum(shares.values())
    kind = max(shares, key=shares.__getitem__)

    on_data_threads = [event for event in events if event.line.startswith("tf_data")]
    on_others = [event for event in events if not event.line.startswith("tf_data")]
    culprits = {
        "input": lambda: slowest(on_data_threads),
        "retracing": lambda: traced[0].name,
        "compute": lambda: slowest(on_others),
        "python": lambda: "",
    }
    return kind, culprits[kind]()


def time(events: Iterable[Event]) -> float:
    return sum(event.duration for event in events)


def slowest(events: Iterable[Event]) -> str:
    """The name of the operation that took the most time."""
    times = Counter[str]()
    for event in events:
        name, colon, kind = event.name.partition(":")
        if name and colon and kind and not set(": ") & set(kind + name):
            times[name] += event.duration
    return max(times, key=times.__getitem__, default="")
