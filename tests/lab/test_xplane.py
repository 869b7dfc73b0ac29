"""What is written as a recording is read back event by event."""

from __future__ import annotations

from pathlib import Path

import pytest

from lab.xplane import COMPUTE, GPU, HOST, PYTHON, STEP, Event, profiled, read, training_step, write

EVENTS = [
    Event(HOST, PYTHON, "outer", 5.0, 100.0, {"step_num": 3, "note": "a text"}),
    Event(HOST, PYTHON, "inner", 5.0, 20.5),
    Event(HOST, COMPUTE, "dense/MatMul:MatMul", 30.0, 1.25),
    Event(GPU, "stream 7", "kernel", 40.0, 2.0, {"correlation_id": 2**40}),
]


def test_events_survive_the_way_through_a_file(tmp_path: Path) -> None:
    file = write(EVENTS, tmp_path)
    seen = read(file)
    offset = seen[0].start - min(e.start for e in EVENTS if e.plane == seen[0].plane)
    moved = [Event(e.plane, e.line, e.name, e.start - offset, e.duration, e.facts) for e in seen]
    assert sorted(moved, key=repr) == sorted(EVENTS, key=repr)


def test_an_event_within_another_one_follows_it(tmp_path: Path) -> None:
    names = [e.name for e in read(write(reversed(EVENTS), tmp_path)) if e.line == PYTHON]
    assert names == ["outer", "inner"]


def test_a_recording_lies_where_the_profiler_writes_it(tmp_path: Path) -> None:
    file = write(EVENTS, tmp_path, run="monday")
    assert list(tmp_path.glob("plugins/profile/monday/*.xplane.pb")) == [file]
    assert profiled(tmp_path) == {
        HOST: {"outer", "inner", "dense/MatMul:MatMul"},
        GPU: {"kernel"},
    }


def test_a_step_holds_what_it_is_made_of() -> None:
    events = training_step(2, wait=400.0, busy="map/Decode:Decode", ops={"a:A": 10.0, "b:B": 20.0})
    (marker,) = [event for event in events if "step_num" in event.facts]
    assert (marker.start, marker.end) == (2 * STEP, 3 * STEP)
    assert all(marker.start <= event.start and event.end <= marker.end for event in events)
    durations = {event.name: event.duration for event in events}
    assert durations["IteratorGetNextOp::DoCompute"] == 400.0
    assert (durations["a:A"], durations["b:B"]) == (10.0, 20.0)
    assert "map/Decode:Decode" in durations


@pytest.mark.parametrize(("traced", "begins"), [(True, "traced"), (False, "notTraced")])
def test_a_call_says_whether_it_traced(traced: bool, begins: str) -> None:
    calls = [e.facts.get("tf_function_call", "") for e in training_step(0, traced=traced)]
    (call,) = filter(None, calls)
    assert call.startswith(begins)
