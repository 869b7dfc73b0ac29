"""Hidden checks of q12."""

from __future__ import annotations

from typing import Any

import numpy as np

from examiner.probes import Question, probe

LAST = 400  # microseconds of a trace
NAMES = ["save", "decode", "shuffle", "log"]


@probe("q12", "gpu_gaps")
def gaps(rng: np.random.Generator) -> Question:
    """Idle time, and what the host did in it, are read off random timelines to the microsecond."""
    drawn = [timeline(rng, host=number > 0) for number in range(7)]
    expected = [answer for _, answer in drawn]
    return Question({"traces": [trace for trace, _ in drawn]}, expected, tolerance=1e-6)


def timeline(rng: np.random.Generator, host: bool) -> tuple[dict[str, Any], list[Any]]:
    """A trace whose busiest name within the gaps is beyond doubt, and what is to be found in it.

    Without `host`, the host did nothing at all.
    """
    while True:
        work = spans(rng, ["gemm", "copy"], int(rng.integers(4, 10)), longest=40)
        done = spans(rng, NAMES, int(rng.integers(8, 16)) if host else 0, longest=80)
        busy = np.zeros(LAST, bool)
        for _, begin, end in work:
            busy[begin:end] = True
        first, last = int(np.argmax(busy)), LAST - int(np.argmax(busy[::-1]))
        idle = ~busy
        idle[:first] = idle[last:] = False
        times = dict.fromkeys(NAMES, 0)
        for name, begin, end in done:
            times[name] += int(idle[begin:end].sum())
        best, second = sorted(times, key=lambda name: -times[name])[:2]
        share = float(idle.sum() / (last - first))
        if times[best] > times[second]:
            return trace_of(rng, work, done), [share, best, float(times[best])]
        if not host:
            return trace_of(rng, work, done), [share, "", 0.0]


def spans(
    rng: np.random.Generator, names: list[str], count: int, longest: int
) -> list[tuple[str, int, int]]:
    """Some events: name, begin and end."""
    begins = rng.integers(LAST - longest, size=count)
    ends = begins + rng.integers(1, longest, size=count)
    return [
        (str(rng.choice(names)), int(begin), int(end))
        for begin, end in zip(begins, ends, strict=True)
    ]


def trace_of(
    rng: np.random.Generator, work: list[tuple[str, int, int]], host: list[tuple[str, int, int]]
) -> dict[str, Any]:
    """The viewer's JSON: two streams, a line made from them, two threads of the host."""
    gpu, cpu = (int(pid) for pid in rng.permutation(100)[:2])
    shift = float(rng.integers(10**6))
    entries = [named("process_name", f"/device:GPU:{rng.integers(8)}", pid=gpu)]
    entries += [named("process_name", "/host:CPU", pid=cpu)]
    lines = {(gpu, 1): "Stream #14(Compute)", (gpu, 2): "Stream #15(Copy)", (gpu, 3): "Steps"}
    lines |= {(cpu, 1): "python", (cpu, 2): "tf_data_private_threadpool"}
    entries += [named("thread_name", name, *line) for line, name in lines.items()]
    events = [event(each, gpu, int(rng.integers(1, 3)), shift) for each in work]
    events += [event(each, cpu, int(rng.integers(1, 3)), shift) for each in host]
    events.append(event(("1", 0, LAST), gpu, 3, shift))
    entries += [events[place] for place in rng.permutation(len(events))]
    return {"traceEvents": [*entries, {}]}


def named(kind: str, name: str, pid: int, tid: int | None = None) -> dict[str, Any]:
    thread = {} if tid is None else {"tid": tid}
    return {"ph": "M", "name": kind, "pid": pid, **thread, "args": {"name": name}}


def event(span: tuple[str, int, int], pid: int, tid: int, shift: float) -> dict[str, Any]:
    name, begin, end = span
    times = {"ts": shift + begin, "dur": float(end - begin)}
    return {"ph": "X", "name": name, "pid": pid, "tid": tid, **times}
