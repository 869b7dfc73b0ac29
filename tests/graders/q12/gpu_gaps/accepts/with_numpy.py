"""Running maxima in NumPy."""

import numpy as np


def pick(trace, wanted, line=""):
    where = {}
    for e in trace["traceEvents"]:
        if e and e["ph"] == "M" and e["name"] in ("process_name", "thread_name"):
            where[(e["pid"], e.get("tid")) if e["name"] == "thread_name" else e["pid"]] = e["args"][
                "name"
            ]
    chosen = [
        e
        for e in trace["traceEvents"]
        if e
        and e["ph"] == "X"
        and where[e["pid"]].startswith(wanted)
        and where.get((e["pid"], e["tid"]), "").startswith(line)
    ]
    spans = np.array([[e["ts"], e["ts"] + e["dur"]] for e in chosen]).reshape(-1, 2)
    return [e["name"] for e in chosen], spans


def work_and_gaps(trace):
    _, spans = pick(trace, "/device:GPU:", "Stream")
    if not len(spans):
        raise ValueError("no GPU")
    spans = spans[np.argsort(spans[:, 0])]
    ends = np.maximum.accumulate(spans[:, 1])
    gaps = np.stack([ends[:-1], spans[1:, 0]], axis=1)
    return ends[-1] - spans[0, 0], gaps[gaps[:, 1] > gaps[:, 0]]


def idle_share(trace):
    whole, gaps = work_and_gaps(trace)
    return float((gaps[:, 1] - gaps[:, 0]).sum() / whole)


def busiest_in_gaps(trace):
    _, gaps = work_and_gaps(trace)
    names, spans = pick(trace, "/host:CPU")
    begin = np.maximum(spans[:, None, 0], gaps[None, :, 0])
    end = np.minimum(spans[:, None, 1], gaps[None, :, 1])
    inside = np.clip(end - begin, 0, None).sum(axis=1)
    found = ("", 0.0)
    for name in set(names):
        time = float(inside[[n == name for n in names]].sum())
        found = (name, time) if time > found[1] else found
    return found
