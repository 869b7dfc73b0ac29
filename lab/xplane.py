"""Recordings: what the profiler writes, made up for a test, or read back event by event.

A recording is an `XSpace`: planes (the host, and each device), with lines (threads, or streams of a
GPU), with events. The profiler of TensorFlow writes it to
LOGDIR/plugins/profile/RUN/HOST.xplane.pb, and so does `write`.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from itertools import groupby
from pathlib import Path
from typing import Any

# The format is that of the OpenXLA project, whose protobufs TensorFlow has in no public module.
from tensorflow.tsl.profiler.protobuf.xplane_pb2 import XSpace

HOST, GPU = "/host:CPU", "/device:GPU:0"
PYTHON, COMPUTE = "python", "tf_Compute/1"
DATA_ITERATOR, DATA_POOL = "tf_data_iterator_resource/9", "tf_data_private_threadpool/9"
STEP = 10_000.0  # microseconds


@dataclass(frozen=True)
class Event:
    """Something that took time: `start` and `duration` are in microseconds."""

    plane: str
    line: str
    name: str
    start: float
    duration: float
    facts: Mapping[str, Any] = field(default_factory=dict)

    @property
    def end(self) -> float:
        return self.start + self.duration


def training_step(
    number: int,
    *,
    wait: float = 1_000.0,
    busy: str = "",
    python: float = 0.0,
    ops: Mapping[str, float] | None = None,
    marker: bool = True,
    traced: bool = False,
) -> list[Event]:
    """The events of one step of 10 ms, as the profiler of TensorFlow 2.21 names them.

    Args:
        number: steps follow each other without a gap.
        wait: how long the step waits for its batch, in microseconds.
        busy: the op that a thread of tf.data runs meanwhile, as "name:type".
        python: microseconds of Python between the batch and the call of the function.
        ops: microseconds by "name:type"; they run in the function, one after the other.
        marker: whether the step is marked by a `tf.profiler.experimental.Trace`.
        traced: whether the function is traced in this step.
    """
    begin = number * STEP
    call = begin + wait + python + 30
    how = "traced-nonXla" if traced else "notTraced-nonXla"
    run = {"id": 7_000 + number, "_pt": 2, "_p": 100 + number}
    root, fetch = "Iterator::Root::Prefetch", {"id": 1_000 + number, "iter_num": 0}
    events = [
        Event(HOST, PYTHON, "IteratorGetNextOp::DoCompute", begin + 12, wait, fetch),
        Event(HOST, PYTHON, root, begin + 14, wait - 4),
        Event(HOST, DATA_ITERATOR, f"{root}::Map", begin + 20, wait - 30),
        Event(
            HOST,
            PYTHON,
            "train_step",
            call,
            begin + STEP - call - 20,
            {"tf_function_call": how, "tracing_count": number + 1 if traced else 1},
        ),
        Event(HOST, PYTHON, "FunctionRun", call + 5, begin + STEP - call - 30, run),
        Event(
            HOST,
            COMPUTE,
            "ExecutorState::Process",
            call + 8,
            begin + STEP - call - 36,
            {"id": 7_000 + number, "iter_num": 0, "_ct": 2, "_c": 100 + number},
        ),
    ]
    if marker:
        events.append(Event(HOST, PYTHON, "train", begin, STEP, {"step_num": number, "_r": 1}))
    if busy:
        events.append(Event(HOST, DATA_POOL, busy, begin + 25, wait - 60))
    at = call + 10
    for name, duration in (ops or {"dense/MatMul:MatMul": 500.0}).items():
        events.append(Event(HOST, COMPUTE, name, at, duration))
        at += duration + 1
    return events


def write(events: Iterable[Event], logdir: Path, run: str = "2026_01_01_00_00_00") -> Path:
    """Write a recording of these events where the profiler would; returns the file."""
    space = XSpace()
    for name, on_plane in grouped(events, lambda event: event.plane):
        plane = space.planes.add(id=len(space.planes) + 1, name=name)
        for line_name, on_line in grouped(on_plane, lambda event: event.line):
            line = plane.lines.add(id=len(plane.lines) + 1, name=line_name, timestamp_ns=1_000_000)
            # An event within another one has to follow it, or the converters do not see that.
            for event in sorted(on_line, key=lambda event: (event.start, -event.duration)):
                put(event, plane, line)
    file = Path(logdir) / "plugins" / "profile" / run / "vm.xplane.pb"
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_bytes(space.SerializeToString())
    return file


def grouped(events: Iterable[Event], key: Any) -> Iterable[tuple[str, list[Event]]]:
    for name, group in groupby(sorted(events, key=key), key=key):
        yield name, list(group)


def put(event: Event, plane: Any, line: Any) -> None:
    """Events and their facts are stored under numbers; a table of the plane has the names."""
    entry = line.events.add(
        metadata_id=number_of(event.name, plane.event_metadata),
        offset_ps=round(event.start * 1e6),
        duration_ps=round(event.duration * 1e6),
    )
    for name, fact in event.facts.items():
        stat = entry.stats.add(metadata_id=number_of(name, plane.stat_metadata))
        if isinstance(fact, str):
            stat.str_value = fact
        elif name == "correlation_id":
            stat.uint64_value = fact
        else:
            stat.int64_value = fact


def number_of(name: str, table: Any) -> int:
    for number, entry in table.items():
        if entry.name == name:
            return number
    number = len(table) + 1
    table[number].id, table[number].name = number, name
    return number


def read(file: str | Path) -> list[Event]:
    """All events of a recording."""
    space = XSpace.FromString(Path(file).read_bytes())
    return [
        Event(
            plane.name,
            line.name,
            plane.event_metadata[event.metadata_id].name,
            line.timestamp_ns / 1e3 + event.offset_ps / 1e6,
            event.duration_ps / 1e6,
            {plane.stat_metadata[s.metadata_id].name: value_of(s, plane) for s in event.stats},
        )
        for plane in space.planes
        for line in plane.lines
        for event in line.events
    ]


def profiled(logdir: str | Path) -> dict[str, set[str]]:
    """By plane, such as "/host:CPU", the names of all events in the recordings below a folder."""
    planes: dict[str, set[str]] = {}
    for file in sorted(Path(logdir).glob("**/*.xplane.pb")):
        for plane in XSpace.FromString(file.read_bytes()).planes:
            planes.setdefault(plane.name, set()).update(names_on(plane))
    return planes


def names_on(plane: Any) -> Iterator[str]:
    for line in plane.lines:
        for event in line.events:
            yield plane.event_metadata[event.metadata_id].name


def value_of(stat: Any, plane: Any) -> Any:
    kind = stat.WhichOneof("value")
    value = getattr(stat, kind)
    return plane.stat_metadata[value].name if kind == "ref_value" else value
