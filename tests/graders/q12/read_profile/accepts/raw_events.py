"""The events themselves, summed up by hand."""

import collections
from pathlib import Path

from xprof.profile_data import ProfileData


def events(logdir):
    files = sorted(Path(logdir).glob("plugins/profile/*/*.xplane.pb"))
    if not files:
        raise FileNotFoundError(logdir)
    with ProfileData.from_file(str(files[-1])) as profile:
        return [
            (line.name, event.name, event.start_ns, event.duration_ns, dict(event.stats))
            for plane in profile.planes
            for line in plane.lines
            for event in line.events
        ]


def top_ops(logdir, n):
    found = collections.defaultdict(lambda: [0, 0.0])
    for line, name, _, duration, _ in events(logdir):
        if ":" in name and "::" not in name:
            entry = found[name.rsplit(":", 1)[0]]
            entry[0] += 1
            entry[1] += duration / 1e6
    ranked = sorted(found.items(), key=lambda item: -item[1][1])
    return [(name, runs, time) for name, (runs, time) in ranked[:n]]


def steps(logdir):
    return sorted(
        (start, duration)
        for _, _, start, duration, stats in events(logdir)
        if "_r" in stats and "step_num" in stats
    )


def step_times(logdir):
    return [duration / 1e6 for _, duration in steps(logdir)]


def input_share(logdir):
    marked = steps(logdir)
    if not marked:
        raise ValueError("no step")
    fetched = sum(e[3] for e in events(logdir) if e[1] == "IteratorGetNextOp::DoCompute")
    return fetched / sum(duration for _, duration in marked)
