"""ProfileData of xprof, which leaves some facts as numbers; a pass for each question."""

from pathlib import Path

from xprof.profile_data import ProfileData

from lab.xplane import read


def diagnose(logdir):
    try:
        path = next(Path(logdir).glob("**/*.xplane.pb"))
    except StopIteration:
        raise FileNotFoundError(str(logdir)) from None
    with ProfileData.from_file(str(path)) as data:
        rows = [
            (line.name, event.name, event.start_ns / 1000, event.duration_ns / 1000)
            for plane in data.planes
            for line in plane.lines
            for event in line.events
        ]
    steps = [e for e in read(path) if e.facts.get("step_num") is not None]
    if not steps:
        return ("no steps", "")
    total = sum(step.duration for step in steps)

    def within(start):
        return any(step.start - 1e-3 <= start < step.end for step in steps)

    waited = sum(d for _, name, start, d in rows if name.endswith("::DoCompute") and within(start))
    calls = [e for e in read(path) if "tf_function_call" in e.facts and within(e.start)]
    again = [e for e in calls if not e.facts["tf_function_call"].startswith("not")]
    traced = sum(e.duration for e in again) if len(again) > 1 else 0
    called = sum(e.duration for e in calls) - traced
    left = total - waited - traced - called
    kind = max(zip((waited, traced, called, left), ("input", "retracing", "compute", "python")))[1]
    if kind == "retracing":
        return kind, again[-1].name
    if kind == "python":
        return kind, ""
    times = {}
    for line, name, _, d in rows:
        if line.startswith("tf_data") == (kind == "input") and name.count(":") == 1:
            op, kind_of_op = name.split(":")
            if op and kind_of_op and " " not in name:
                times[op] = times.get(op, 0) + d
    return kind, max(times, key=times.get) if times else ""
