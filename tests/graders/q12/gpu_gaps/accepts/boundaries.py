"""Begins and ends in one sorted list, and a count of open events."""

import collections


def split(trace):
    names, gpu, host = {}, [], []
    for e in trace["traceEvents"]:
        if e.get("ph") == "M":
            names[e["name"], e["pid"], e.get("tid") if e["name"] == "thread_name" else None] = e[
                "args"
            ].get("name", "")
    for e in trace["traceEvents"]:
        if e.get("ph") == "X":
            process = names["process_name", e["pid"], None]
            thread = names.get(("thread_name", e["pid"], e["tid"]), "")
            if process.startswith("/device:GPU") and thread.startswith("Stream"):
                gpu.append(e)
            elif process.startswith("/host:"):
                host.append(e)
    if not gpu:
        raise ValueError("no stream of a GPU")
    return gpu, host


def gaps_of(gpu):
    edges = sorted([(e["ts"], -1) for e in gpu] + [(e["ts"] + e["dur"], 1) for e in gpu])
    running, since = 0, None
    for at, change in edges:
        if running == 0 and since is not None and at > since:
            yield since, at
        running -= change
        since = at if running == 0 else None


def idle_share(trace):
    gpu, _ = split(trace)
    begin = min(e["ts"] for e in gpu)
    end = max(e["ts"] + e["dur"] for e in gpu)
    return sum(b - a for a, b in gaps_of(gpu)) / (end - begin)


def busiest_in_gaps(trace):
    gpu, host = split(trace)
    spent = collections.defaultdict(float)
    for a, b in gaps_of(gpu):
        for e in host:
            overlap = min(b, e["ts"] + e["dur"]) - max(a, e["ts"])
            if overlap > 0:
                spent[e["name"]] += overlap
    if not spent:
        return "", 0.0
    name = max(spent, key=spent.get)
    return name, spent[name]
