"""The last event to begin is taken for the last one to end.

breaks: "Time counts from the start of the first event on a stream to the end of the last"
fails: test_a_short_event_within_a_long_one
"""


def _parts(trace):
    events = trace["traceEvents"]
    proc, thread = {}, {}
    for e in events:
        if e.get("ph") == "M" and e.get("name") == "process_name":
            proc[e["pid"]] = e["args"]["name"]
        elif e.get("ph") == "M" and e.get("name") == "thread_name":
            thread[e["pid"], e["tid"]] = e["args"]["name"]
    gpu, host = [], []
    for e in events:
        if e.get("ph") != "X":
            continue
        p = proc.get(e["pid"], "")
        if p.startswith("/device:GPU:") and thread.get((e["pid"], e["tid"]), "").startswith(
            "Stream"
        ):
            gpu.append((e["ts"], e["ts"] + e["dur"]))
        elif p == "/host:CPU":
            host.append((e["name"], e["ts"], e["ts"] + e["dur"]))
    if not gpu:
        raise ValueError("no event on a stream of a GPU")
    return gpu, host


def _gaps(gpu):
    edges = sorted(
        [(s, 1) for s, _ in gpu] + [(e, -1) for _, e in gpu], key=lambda x: (x[0], -x[1])
    )
    depth, since, gaps = 0, None, []
    for at, d in edges:
        if depth == 0 and since is not None and at > since:
            gaps.append((since, at))
        depth += d
        if depth == 0:
            since = at
    return gaps


def idle_share(trace):
    gpu, _ = _parts(trace)
    span = max(gpu)[1] - min(gpu)[0]
    return sum(b - a for a, b in _gaps(gpu)) / span if span else 0.0


def busiest_in_gaps(trace):
    gpu, host = _parts(trace)
    gaps = _gaps(gpu)
    total = {}
    for name, s, e in host:
        part = sum(max(0.0, min(e, b) - max(s, a)) for a, b in gaps)
        if part > 0:
            total[name] = total.get(name, 0.0) + part
    if not total:
        return "", 0.0
    best = max(total, key=total.get)
    return best, total[best]
