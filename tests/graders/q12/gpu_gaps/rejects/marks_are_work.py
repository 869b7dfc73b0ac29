"""Every entry with a time is an event, a mark or a counter, too.

breaks: "Time counts from the start of the first event on a stream to the end of the last"
fails: test_marks_are_no_events
"""

import re


def _events(trace):
    processes, threads = {}, {}
    for entry in trace["traceEvents"]:
        if entry.get("ph") != "M":
            continue
        if entry.get("name") == "process_name":
            processes[entry["pid"]] = entry["args"]["name"]
        elif entry.get("name") == "thread_name":
            threads[entry["pid"], entry["tid"]] = entry["args"]["name"]
    streams, host = [], []
    for entry in trace["traceEvents"]:
        if "ts" not in entry:
            continue
        process = processes.get(entry["pid"], "")
        thread = threads.get((entry["pid"], entry.get("tid")), "")
        start = entry["ts"]
        end = start + entry.get("dur", 0.0)
        if re.fullmatch(r"/device:GPU:\d+", process):
            if thread.startswith("Stream"):
                streams.append((start, end))
        elif process == "/host:CPU":
            host.append((entry["name"], start, end))
    return streams, host


def _merged(trace):
    streams, host = _events(trace)
    if not streams:
        raise ValueError("no event on a stream of a GPU")
    merged = []
    for start, end in sorted(streams):
        if merged and start <= merged[-1][1]:
            merged[-1][1] = max(merged[-1][1], end)
        else:
            merged.append([start, end])
    return merged, host


def _gaps(merged):
    return [(left[1], right[0]) for left, right in zip(merged, merged[1:])]


def idle_share(trace):
    merged, _ = _merged(trace)
    span = merged[-1][1] - merged[0][0]
    if not span:
        return 0.0
    return sum(end - start for start, end in _gaps(merged)) / span


def busiest_in_gaps(trace):
    merged, host = _merged(trace)
    gaps = _gaps(merged)
    times = {}
    for name, start, end in host:
        for gap_start, gap_end in gaps:
            inside = min(end, gap_end) - max(start, gap_start)
            if inside > 0:
                times[name] = times.get(name, 0.0) + inside
    if not times:
        return "", 0.0
    return max(times.items(), key=lambda item: item[1])
