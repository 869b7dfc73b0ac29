"""One pass over the entries, which takes names as they come."""


def split(trace):
    processes, threads, gpu, host = {}, {}, [], []
    for e in trace["traceEvents"]:
        if e.get("name") == "process_name":
            processes[e["pid"]] = e["args"]["name"]
        elif e.get("name") == "thread_name":
            threads[e["pid"], e["tid"]] = e["args"]["name"]
        elif e.get("ph") == "X":
            name = processes[e["pid"]]
            if name == "/host:CPU":
                host.append(e)
            elif name.startswith("/device:GPU:"):
                if threads[e["pid"], e["tid"]].startswith("Stream"):
                    gpu.append(e)
    if not gpu:
        raise ValueError("no GPU in this trace")
    return sorted(gpu, key=lambda e: e["ts"]), host


def gaps_of(gpu):
    gaps, end = [], gpu[0]["ts"]
    for e in gpu:
        if e["ts"] > end:
            gaps.append((end, e["ts"]))
        end = max(end, e["ts"] + e["dur"])
    return gaps, end


def idle_share(trace):
    gpu, _ = split(trace)
    gaps, end = gaps_of(gpu)
    return sum(b - a for a, b in gaps) / (end - gpu[0]["ts"])


def busiest_in_gaps(trace):
    gpu, host = split(trace)
    times = {}
    for a, b in gaps_of(gpu)[0]:
        for e in host:
            part = min(b, e["ts"] + e["dur"]) - max(a, e["ts"])
            if part > 0:
                times[e["name"]] = times.get(e["name"], 0.0) + part
    if not times:
        return "", 0.0
    name = max(times, key=times.get)
    return name, times[name]
