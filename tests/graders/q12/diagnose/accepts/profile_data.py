"""ProfileData of xprof, which leaves some facts as numbers; a pass for each question."""

from pathlib import Path

from xprof.profile_data import ProfileData

from lab.xplane import read


def diagnose(logdir):
    try:
        path = next(Path(logdir).glob("**/*.xplane.pb"))
    except StopIteration:
        raise FileNotFoundError(str(logdir)) from None
    marked = [e for e in read(path) if "_r" in e.facts and "step_num" in e.facts]
    if not marked:
        return ("no steps", "")

    def within(start):
        return any(step.start - 1e-3 <= start < step.end - 1e-3 for step in marked)

    with ProfileData.from_file(str(path)) as data:
        rows = [
            (line.name, event.name, event.duration_ns / 1000)
            for plane in data.planes
            for line in plane.lines
            for event in line.events
            if within(event.start_ns / 1000)
        ]
    waited = sum(d for _, name, d in rows if name == "IteratorGetNextOp::DoCompute")
    calls = [e for e in read(path) if "tf_function_call" in e.facts and within(e.start)]
    inner = [c for c in calls if any(c is not o and is_in(c, o) for o in calls)]
    outer = [c for c in calls if not any(c is i for i in inner)]
    traces = {}
    for c in outer:
        if c.facts["tf_function_call"].startswith("traced"):
            traces.setdefault(c.name, []).append(c.duration)
    again = {name: sum(times) for name, times in traces.items() if len(times) > 1}
    total = sum(step.duration for step in marked)
    called = sum(c.duration for c in outer)
    traced = sum(again.values())
    parts = waited, traced, called - traced, total - waited - called
    kind = max(zip(parts, ("input", "retracing", "compute", "python")))[1]
    if kind == "retracing":
        return kind, max(again, key=again.get)
    if kind == "python":
        return kind, ""
    times = {}
    for line, name, d in rows:
        if line.startswith("tf_data") == (kind == "input") and name.count(":") == 1:
            op, kind_of_op = name.split(":")
            if op and kind_of_op and " " not in name:
                times[op] = times.get(op, 0) + d
    return kind, max(times, key=times.get) if times else ""


def is_in(inner, outer):
    return inner.line == outer.line and outer.start <= inner.start and inner.end <= outer.end
