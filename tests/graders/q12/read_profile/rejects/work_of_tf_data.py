"""The work of tf.data is taken for a wait, whoever waits for it.

breaks: "All waits for a batch within steps are divided by the time of all steps"
fails: test_long_steps_count_more, test_only_waits_of_steps_count, test_the_input_has_its_share
"""

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
    found, open_ops, line_before = collections.defaultdict(lambda: [0, 0.0]), [], None
    order = sorted(events(logdir), key=lambda event: (event[0], event[2], -event[3]))
    for line, name, start, duration, _ in order:
        if ":" not in name or "::" in name:
            continue
        if line != line_before:
            open_ops, line_before = [], line
        while open_ops and open_ops[-1][1] <= start:
            open_ops.pop()
        operation = name.rsplit(":", 1)[0]
        if open_ops:
            found[open_ops[-1][0]][1] -= duration / 1e6
        found[operation][0] += 1
        found[operation][1] += duration / 1e6
        open_ops.append((operation, start + duration))
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
    fetched = sum(
        duration
        for line, _, begin, duration, _ in events(logdir)
        if line.startswith("tf_data")
        and any(start <= begin < start + length for start, length in marked)
    )
    return fetched / sum(duration for _, duration in marked)
