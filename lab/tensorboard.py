"""What TensorBoard makes of a folder of logs: its own reader, and its web application.

`read` reads event files as TensorBoard does. `TensorBoard` is the application itself, asked
directly: without a browser, a socket or a process of its own.
"""

from __future__ import annotations

import contextlib
import gzip
import io
import json
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import numpy as np
import tensorflow as tf
from google.protobuf import text_format
from tensorboard import default, program
from tensorboard.backend import application
from tensorboard.backend.event_processing.data_ingester import LocalDataIngester
from tensorboard.backend.event_processing.plugin_event_multiplexer import EventMultiplexer
from werkzeug.test import Client

EVERY_POINT = {"tensors": 0}  # the default keeps a sample


@dataclass(frozen=True)
class Tag:
    """What was logged under one tag: the dashboard it is meant for, and its points."""

    dashboard: str
    steps: list[int]
    values: list[np.ndarray]


def read(logdir: Any) -> dict[str, dict[str, Tag]]:
    """All runs below `logdir`, and all tags of each; the run of `logdir` itself is "."."""
    reader = EventMultiplexer(size_guidance=EVERY_POINT)
    reader.AddRunsFromDirectory(str(logdir))
    reader.Reload()
    return {
        run: {tag: read_tag(reader, run, tag) for tag in sorted(tags["tensors"])}
        for run, tags in sorted(reader.Runs().items())
    }


def read_tag(reader: EventMultiplexer, run: str, tag: str) -> Tag:
    points = reader.Tensors(run, tag)
    return Tag(
        reader.SummaryMetadata(run, tag).plugin_data.plugin_name,
        [point.step for point in points],
        [tf.make_ndarray(point.tensor_proto) for point in points],
    )


def defaults_left() -> list[str]:
    """What tf.summary has for a default: a writer, a step."""
    try:
        written = bool(tf.summary.scalar("defaults_left", 0.0, step=0))
    except (RuntimeError, tf.errors.OpError):  # the default writer was closed
        written = True
    has_step = tf.summary.experimental.get_step() is not None
    return ["a writer"] * written + ["a step"] * has_step


class TensorBoard:
    """TensorBoard with all its tabs, as `tensorboard --logdir` starts it."""

    def __init__(self, logdir: Any):
        board = program.TensorBoard(default.get_plugins())
        flags = ("--logdir", str(logdir), "--load_fast", "false", "--reload_interval", "0")
        board.configure(argv=[None, *flags])
        data = LocalDataIngester(board.flags)
        data.deprecated_multiplexer.AddRunsFromDirectory(str(logdir))
        data.deprecated_multiplexer.Reload()
        app = application.TensorBoardWSGIApp(
            board.flags,
            board.plugin_loaders,
            data.data_provider,
            None,  # no page, only what it asks for
            data.deprecated_multiplexer,
        )
        self.client = Client(app)

    def get(self, path: str, **query: str) -> bytes:
        """What the page gets when it asks for `/data/path`."""
        with contextlib.redirect_stdout(io.StringIO()):  # the Profile tab logs every request
            response = self.client.get(f"/data/{path}", query_string=query)
        content: bytes = response.get_data()
        if response.status_code != 200:
            raise LookupError(f"{path}: {response.status}")
        return gzip.decompress(content) if content[:2] == b"\x1f\x8b" else content

    def json(self, path: str, **query: str) -> Any:
        return json.loads(self.get(path, **query))

    def nodes(self) -> Iterator[Any]:
        """The ops that the Graphs tab shows, those of called functions included."""
        for graph in self.graphs():
            yield from graph.node
            for function in graph.library.function:
                yield from function.node_def

    def graphs(self) -> Iterator[Any]:
        """The GraphDefs that the Graphs tab offers: those of ops, not of Keras layers."""
        for run, offered in self.json("plugin/graphs/info").items():
            queries = [{"run": run}] if offered["run_graph"] else []
            tags = (tag for tag, kinds in offered["tags"].items() if kinds["op_graph"])
            queries += [{"run": run, "tag": tag, "conceptual": "false"} for tag in tags]
            for query in queries:
                text = self.get("plugin/graphs/graph", **query).decode()
                yield text_format.Parse(text, tf.compat.v1.GraphDef())

    def profiles(self) -> list[str]:
        """What the Profile tab lists."""
        return list(self.json("plugin/profile/runs"))
