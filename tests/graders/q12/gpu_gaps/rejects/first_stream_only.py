"""One stream is taken for the GPU.

breaks: "while there is an event on its lines whose names begin with "
fails: test_derived_lines_are_no_work, test_streams_overlap
"""

from collections import Counter
from typing import Any

Span = tuple[float, float]


def idle_share(trace: dict[str, Any]) -> float:
    first, last, gaps = timeline(trace)
    return sum(end - begin for begin, end in gaps) / (last - first)


def busiest_in_gaps(trace: dict[str, Any]) -> tuple[str, float]:
    _, _, gaps = timeline(trace)
    times = Counter[str]()
    for event in events(trace, "/host:CPU"):
        begin, end = span(event)
        times[event["name"]] += sum(
            max(0.0, min(end, gap_end) - max(begin, gap_begin)) for gap_begin, gap_end in gaps
        )
    name, time = max(times.items(), key=lambda item: item[1], default=("", 0.0))
    return (name, time) if time else ("", 0.0)


def timeline(trace: dict[str, Any]) -> tuple[float, float, list[Span]]:
    """The begin and the end of the GPU's work, and the gaps in between."""
    work = sorted(map(span, events(trace, "/device:GPU", "Stream #14")))
    if not work:
        raise ValueError("There is no event on a stream of a GPU.")
    first, busy_until = work[0]
    gaps = []
    for begin, end in work:
        if begin > busy_until:
            gaps.append((busy_until, begin))
        busy_until = max(busy_until, end)
    return first, busy_until, gaps


def events(trace: dict[str, Any], process: str, thread: str = "") -> list[dict[str, Any]]:
    """The events of the processes and threads whose names begin like this."""
    entries = [entry for entry in trace["traceEvents"] if entry]
    names = [entry for entry in entries if entry["ph"] == "M" and "name" in entry["args"]]
    processes = {e["pid"]: e["args"]["name"] for e in names if e["name"] == "process_name"}
    threads = {(e["pid"], e["tid"]): e["args"]["name"] for e in names if e["name"] == "thread_name"}
    return [
        entry
        for entry in entries
        if entry["ph"] == "X"
        and processes[entry["pid"]].startswith(process)
        and threads.get((entry["pid"], entry["tid"]), "").startswith(thread)
    ]


def span(event: dict[str, Any]) -> Span:
    return event["ts"], event["ts"] + event["dur"]
