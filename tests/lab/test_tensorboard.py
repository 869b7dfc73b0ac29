"""TensorBoard's own reader and its application, asked without a browser."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
import tensorflow as tf

from dojo.fresh import record_nothing
from lab import xplane
from lab.tensorboard import TensorBoard, defaults_left, read

MANY = 600  # of more than 500 points a reader keeps a sample by default


@tf.function
def inner(x: tf.Tensor) -> tf.Tensor:
    with tf.name_scope("within"):
        return tf.nn.relu(x)


@tf.function
def outer(x: tf.Tensor) -> tf.Tensor:
    return inner(x) + 1.0


@pytest.fixture(scope="module")
def logdir(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Curves in two runs, the graph of a function that calls another one, and a profile."""
    logdir = tmp_path_factory.mktemp("logs")
    with tf.summary.create_file_writer(str(logdir)).as_default():
        tf.summary.histogram("weights", tf.range(3.0), step=7)
    with tf.summary.create_file_writer(str(logdir / "val")).as_default():
        for step in range(MANY):
            tf.summary.scalar("loss", 0.5 * step, step=step)
    with tf.summary.create_file_writer(str(logdir / "graph")).as_default():
        tf.summary.graph(outer.get_concrete_function(tf.TensorSpec([2])).graph)
    xplane.write(xplane.training_step(0), logdir)
    return logdir


def test_all_points_of_all_runs_are_read(logdir: Path) -> None:
    runs = read(logdir)
    assert sorted(runs) == [".", "graph", "val"]
    loss = runs["val"]["loss"]
    assert loss.dashboard == "scalars"
    assert loss.steps == list(range(MANY))
    np.testing.assert_allclose(loss.values, 0.5 * np.arange(MANY))
    assert runs["."]["weights"].dashboard == "histograms"
    assert runs["."]["weights"].steps == [7]


def test_the_application_serves_what_a_tab_asks_for(logdir: Path) -> None:
    board = TensorBoard(logdir)
    points = board.json("plugin/scalars/scalars", run="val", tag="loss")
    assert all(value == 0.5 * step for _, step, value in points)
    assert points
    assert [graph for graph in board.graphs() if graph.node]
    assert any(node.name.startswith("within/") for node in board.nodes())
    assert board.profiles() == ["2026_01_01_00_00_00"]


def test_what_is_not_there_is_a_lookup_error(logdir: Path) -> None:
    with pytest.raises(LookupError, match="plugin/scalars/scalars"):
        TensorBoard(logdir).get("plugin/scalars/scalars", run="nobody", tag="loss")


def test_defaults_that_were_left_are_told(tmp_path: Path) -> None:
    assert defaults_left() == []
    writer = tf.summary.create_file_writer(str(tmp_path))
    writer.set_as_default(step=3)
    assert defaults_left() == ["a writer", "a step"]
    writer.close()
    assert defaults_left() == ["a writer", "a step"]
    record_nothing()
    assert defaults_left() == []
