"""What does the GPU wait for? Read it off the timeline of the trace viewer.

>>> trace = {"traceEvents": [
...     {"ph": "M", "name": "process_name", "pid": 1, "args": {"name": "/device:GPU:0"}},
...     {"ph": "M", "name": "thread_name", "pid": 1, "tid": 2, "args": {"name": "Stream #14"}},
...     {"ph": "M", "name": "process_name", "pid": 9, "args": {"name": "/host:CPU"}},
...     {"ph": "M", "name": "thread_name", "pid": 9, "tid": 2, "args": {"name": "python"}},
...     {"ph": "X", "name": "gemm", "pid": 1, "tid": 2, "ts": 100.0, "dur": 3.0},
...     {"ph": "X", "name": "gemm", "pid": 1, "tid": 2, "ts": 107.0, "dur": 3.0},
...     {"ph": "X", "name": "decode", "pid": 9, "tid": 2, "ts": 101.0, "dur": 5.0},
...     {}]}
>>> idle_share(trace), busiest_in_gaps(trace)
(0.4, ('decode', 3.0))

"X" is an event; `ts` and `dur` are microseconds. "M" names a process or a thread of it, which is a
line in the viewer.
"""

from typing import Any


def idle_share(trace: dict[str, Any]) -> float:
    """Which share of the time the GPU does nothing.

    - The GPU works while there is an event on its lines whose names begin with "Stream".
    - Its other lines are made from these, and show no work.

    Args:
        trace: has one host, "/host:CPU", and one GPU at most, "/device:GPU:N" with any number N.

    Returns:
        A share from 0.0 to 1.0. What two streams do at the same time counts once. Time counts from
        the start of the first event on a stream to the end of the last.

    Raises:
        ValueError: there is no event on a stream of a GPU.

    Beyond the idea:
        - The entries stand in any order.
    """
    raise NotImplementedError


def busiest_in_gaps(trace: dict[str, Any]) -> tuple[str, float]:
    """What the host does while the GPU does nothing.

    - A gap lies between the GPU's first event and its last, and no stream has an event in it.
    - Of an event only what lies within gaps counts.

    Args:
        trace: as for `idle_share`.

    Returns:
        The name whose events spend the most time in gaps, and that time in microseconds. Events of
        one name are added up, over all lines of the host, however short they are. An event within
        another one counts as well. If nothing on the host lies within a gap: ("", 0.0).

    Raises:
        ValueError: there is no event on a stream of a GPU.
    """
    raise NotImplementedError
