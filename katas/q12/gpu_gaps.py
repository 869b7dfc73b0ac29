"""What does the GPU wait for? Read it off the timeline, as one does by eye in the trace viewer.

The trace viewer's JSON, which `xprof` makes of a capture with the tool "trace_viewer", which is
another one than "trace_viewer@":

    {"traceEvents": [
        {"ph": "M", "name": "process_name", "pid": 1, "args": {"name": "/device:GPU:0"}},
        {"ph": "M", "name": "thread_name", "pid": 1, "tid": 2, "args": {"name": "Stream #14(…)"}},
        {"ph": "X", "name": "gemm", "pid": 1, "tid": 2, "ts": 12.5, "dur": 3.0, …},
        …, {}]}

`ph` tells an event ("X", with start `ts` and duration `dur`, in microseconds) from what names a
process or a thread ("M"); the last entry is empty. A process is a device or the host ("/host:CPU"),
a thread is a line in the viewer. A GPU does its work on the lines whose names begin with "Stream",
several at a time. The viewer adds lines that are made from these, for steps and operations, say:
what they show is no work.
"""

from typing import Any


def idle_share(trace: dict[str, Any]) -> float:
    """Which share of the time the GPU did nothing, from 0.0 to 1.0.

    Args:
        trace: with one GPU at most, of the name /device:GPU:N.

    Returns:
        The share of the time from the start of the first event on a stream to the end of the last
        one, in which no event is on any stream.

    Raises:
        ValueError: there is no event on a stream of a GPU.
    """
    raise NotImplementedError


def busiest_in_gaps(trace: dict[str, Any]) -> tuple[str, float]:
    """What the host did while the GPU did nothing.

    Args:
        trace: as for `idle_share`.

    Returns:
        The name of the events on the host, all its threads together, that took the most time within
        the gaps between the events on the GPU's streams, and that time, in microseconds. Of an
        event, only what lies within a gap counts, and events of one name are added up; those within
        others count, too. If nothing on the host lies within a gap: ("", 0.0).

    Raises:
        ValueError: there is no event on a stream of a GPU.
    """
    raise NotImplementedError
