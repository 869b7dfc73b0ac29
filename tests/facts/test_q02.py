"""What TensorFlow and TensorBoard do when a training run is logged and looked at."""

import gzip
import importlib.metadata
import json
import os
import re
import subprocess
import sys
import time
import urllib.error
import urllib.request
from pathlib import Path

import keras
import numpy as np
import pytest
import tensorflow as tf
from tensorboard.backend.event_processing.event_accumulator import EventAccumulator

from dojo.fresh import record_nothing
from katas.q02.fix_model import build_stuck
from lab.tensorboard import TensorBoard, read
from lab.xplane import profiled
from solutions.q02.export_graph import export_graph, export_profile
from solutions.q02.fix_model import build_classifier
from solutions.q02.logged_step import make_logged_step
from solutions.q02.scalars import log_history

SEEDS = 1, 2, 3

pytestmark = pytest.mark.timeout(90)  # a busy machine builds networks slowly


def tags(folder):
    return read(folder)["."]


def scorer():
    """A compiled function with a MatMul and a Softplus."""
    weights = tf.Variable(tf.ones([2, 2]))

    @tf.function
    def score(x):
        return tf.reduce_sum(tf.nn.softplus(tf.linalg.matmul(x, weights)))

    return score


X = tf.ones([3, 2])
SCORES = {"MatMul", "Softplus"}


def kinds(folder):
    """The kinds of op in all graphs that TensorBoard shows."""
    return {node.op for node in TensorBoard(folder).nodes()}


def test_a_summary_without_a_writer_says_nothing():
    """Without a default writer, tf.summary.scalar returns False and writes nowhere."""
    assert not tf.summary.scalar("loss", 0.5, step=0)


def test_a_step_has_to_be_given(tmp_path):
    """With a writer and without a step, tf.summary.scalar raises ValueError."""
    writer = tf.summary.create_file_writer(str(tmp_path))
    with writer.as_default(), pytest.raises(ValueError, match="No step set"):
        tf.summary.scalar("loss", 0.5)


def test_leaving_a_writer_flushes(tmp_path):
    """What was written is on disk when as_default is left, before close."""
    writer = tf.summary.create_file_writer(str(tmp_path))
    with writer.as_default():
        tf.summary.scalar("loss", 0.5, step=0)
        assert tags(tmp_path) == {}
    assert tags(tmp_path)["loss"].steps == [0]


def test_set_as_default_stays(tmp_path):
    """A writer that was set as default gets what anybody logs later."""
    tf.summary.create_file_writer(str(tmp_path)).set_as_default()
    assert tf.summary.scalar("another", 0.5, step=0)


def test_a_writer_entered_after_the_trace_gets_nothing(tmp_path):
    """A writer is looked for while a function is traced, and is then a part of its graph."""
    writer = tf.summary.create_file_writer(str(tmp_path))

    def log(step):
        tf.summary.scalar("loss", 0.5, step=step)

    late, in_time = tf.function(log), tf.function(log)
    late(tf.constant(0, tf.int64))
    with writer.as_default():
        late(tf.constant(1, tf.int64))
        in_time(tf.constant(2, tf.int64))
    in_time(tf.constant(3, tf.int64))
    writer.flush()
    assert tags(tmp_path)["loss"].steps == [2, 3]


def test_a_step_of_python_is_frozen(tmp_path):
    """A step that Python counts is the same in every call of a compiled function."""
    writer = tf.summary.create_file_writer(str(tmp_path))
    calls = iter(range(9))

    @tf.function
    def log():
        with writer.as_default():
            tf.summary.scalar("loss", 0.5, step=next(calls))

    for _ in range(4):
        log()
    writer.flush()
    assert tags(tmp_path)["loss"].steps == [0, 0, 0, 0]


def test_iterations_are_a_step(tmp_path):
    """optimizer.iterations is accepted as a step, in eager mode and in a graph."""
    writer, optimizer = tf.summary.create_file_writer(str(tmp_path)), keras.optimizers.SGD()
    variable = keras.Variable([1.0])
    optimizer.build([variable])

    def update():
        optimizer.apply([tf.ones([1])], [variable])
        with writer.as_default():
            tf.summary.scalar("loss", 0.5, step=optimizer.iterations)

    for step in update, tf.function(update):
        step()
        step()
    writer.flush()
    assert tags(tmp_path)["loss"].steps == [1, 2, 3, 4]


def test_a_loop_of_the_graph_is_a_part_of_the_tag(tmp_path):
    """In a loop that became an op of the graph, a tag begins with while/."""
    writer = tf.summary.create_file_writer(str(tmp_path))

    @tf.function
    def log():
        with writer.as_default():
            for step in tf.range(2, dtype=tf.int64):
                tf.summary.scalar("loss", 0.5, step=step)

    log()
    writer.flush()
    assert list(tags(tmp_path)) == ["while/loss"]


def test_two_writers_of_a_folder_are_one_run(tmp_path):
    """Files of one folder are one run, and steps that come again stay."""
    for _ in range(2):
        with tf.summary.create_file_writer(str(tmp_path)).as_default():
            tf.summary.scalar("loss", 0.5, step=7)
    assert len(list(tmp_path.iterdir())) == 2
    assert tags(tmp_path)["loss"].steps == [7, 7]


def test_layers_share_the_names_of_their_weights(tmp_path):
    """Tags by name: one curve for the kernels of all layers. A path has the layer in it."""
    layers = [keras.layers.Dense(2, name="first"), keras.layers.Dense(1, name="second")]
    model = keras.Sequential([keras.Input([2]), *layers], name="net")
    with tf.summary.create_file_writer(str(tmp_path)).as_default(step=1):
        for variable in model.trainable_variables:
            tf.summary.histogram(variable.name, variable)
    assert {tag: each.steps for tag, each in tags(tmp_path).items()} == {
        "kernel": [1, 1],
        "bias": [1, 1],
    }
    paths = [variable.path for variable in model.trainable_variables]
    assert paths == ["net/first/kernel", "net/first/bias", "net/second/kernel", "net/second/bias"]


def test_none_is_no_histogram(tmp_path):
    """tf.summary.histogram of a gradient that is None raises ValueError."""
    writer = tf.summary.create_file_writer(str(tmp_path))
    with writer.as_default(), pytest.raises(ValueError, match="None"):
        tf.summary.histogram("grad/unused", None, step=0)


def test_the_gradient_of_an_embedding_is_logged_dense(tmp_path):
    """IndexedSlices are accepted, and logged with a value for each of the table's."""
    embedding = keras.layers.Embedding(50, 4)
    embedding.build()
    with tf.GradientTape() as tape:
        loss = tf.reduce_sum(embedding(tf.constant([1, 1, 7])))
    (gradient,) = tape.gradient(loss, [embedding.embeddings.value])
    assert isinstance(gradient, tf.IndexedSlices)
    with tf.summary.create_file_writer(str(tmp_path)).as_default(step=0):
        tf.summary.histogram("grad/table", gradient)
    (histogram,) = tags(tmp_path)["grad/table"].values
    assert histogram[:, 2].sum() == 200
    assert histogram[-1, 1] == 2.0  # of the word that comes twice


def test_nan_makes_edges_that_are_nan(tmp_path):
    """One NaN among the values, and all edges are NaN and all counts 0."""
    with tf.summary.create_file_writer(str(tmp_path)).as_default(step=0):
        tf.summary.histogram("grad/kernel", [0.5, float("nan")])
    (histogram,) = tags(tmp_path)["grad/kernel"].values
    assert np.isnan(histogram[:, :2]).all() and not histogram[:, 2].any()


def test_a_reader_keeps_ten_points(tmp_path):
    """EventAccumulator keeps 10 of 200 points, all under "tensors", none under "scalars"."""
    with tf.summary.create_file_writer(str(tmp_path)).as_default():
        for step in range(200):
            tf.summary.scalar("loss", 0.5, step=step)
    run, all_of_it = (
        EventAccumulator(str(tmp_path), **options)
        for options in ({}, {"size_guidance": {"tensors": 0}})
    )
    run.Reload()
    all_of_it.Reload()
    assert run.Tags()["scalars"] == [] and run.Tags()["tensors"] == ["loss"]
    assert (len(run.Tensors("loss")), len(all_of_it.Tensors("loss"))) == (10, 200)
    assert run.Tensors("loss")[-1].step == 199


def test_histograms_of_tf2_are_tensors(tmp_path):
    """EventAccumulator's Histograms raises KeyError for what tf.summary.histogram wrote."""
    with tf.summary.create_file_writer(str(tmp_path)).as_default():
        tf.summary.histogram("grad/kernel", [0.5, 1.0], step=0)
    run = EventAccumulator(str(tmp_path))
    run.Reload()
    assert run.Tags()["histograms"] == [] and run.Tags()["tensors"] == ["grad/kernel"]
    with pytest.raises(KeyError):
        run.Histograms("grad/kernel")


def test_check_numerics_names_the_op_that_makes_nan():
    """With tf.debugging.enable_check_numerics, the op that makes the first NaN raises."""

    @tf.function
    def score(x):
        return tf.reduce_sum(tf.nn.relu(tf.math.log(x)) + 1.0)

    tf.debugging.enable_check_numerics()
    try:
        with pytest.raises(tf.errors.InvalidArgumentError, match='"Log"'):
            score(tf.constant([-1.0]))
    finally:
        tf.debugging.disable_check_numerics()


def test_the_page_shows_a_sample(tmp_path):
    """Of 1200 points, TensorBoard serves 1000 on the Scalars tab."""
    with tf.summary.create_file_writer(str(tmp_path)).as_default():
        for step in range(1200):
            tf.summary.scalar("loss", 0.5, step=step)
    points = TensorBoard(tmp_path).json("plugin/scalars/scalars", run=".", tag="loss")
    assert len(points) == 1000


def test_distributions_are_computed_from_histograms(tmp_path):
    """One tag is on both tabs: 30 buckets for the one, 9 percentiles of them for the other."""
    with tf.summary.create_file_writer(str(tmp_path)).as_default(step=0):
        tf.summary.histogram("weight", tf.random.normal([1000]))
    assert list(tags(tmp_path)) == ["weight"]
    board = TensorBoard(tmp_path)
    ((_, _, buckets),) = board.json("plugin/histograms/histograms", run=".", tag="weight")
    ((_, _, points),) = board.json("plugin/distributions/distributions", run=".", tag="weight")
    assert (len(buckets), len(points)) == (30, 9)


def test_keras_logs_weights_and_no_gradients(tmp_path):
    """The callback has epochs and weights; write_grads is gone, and no profile is made."""
    with pytest.raises(TypeError, match="write_grads"):
        keras.callbacks.TensorBoard(str(tmp_path), write_grads=True)
    model = keras.Sequential([keras.Input([2]), keras.layers.Dense(1)])
    model.compile("sgd", "mse")
    callback = keras.callbacks.TensorBoard(str(tmp_path), histogram_freq=1)
    model.fit(np.ones([4, 2]), np.ones([4, 1]), verbose=0, callbacks=[callback])
    found = tags(tmp_path / "train")
    assert "epoch_loss" in found
    histograms = {tag for tag, each in found.items() if each.dashboard == "histograms"}
    paths = {variable.path for variable in model.trainable_variables}
    assert histograms == {f"{path}/histogram" for path in paths}
    assert not TensorBoard(tmp_path).profiles()


@pytest.mark.parametrize(("batch", "has_ops"), [(1, True), (2, False)])
def test_kerass_graph_of_ops_is_that_of_the_first_batch(tmp_path, batch, has_ops):
    """With profile_batch=1 the callback's graph has the ops; with 2 it has none of the model's."""
    model = keras.Sequential([keras.Input([2]), keras.layers.Dense(1, "softplus")])
    model.compile("sgd", "mse")
    callback = keras.callbacks.TensorBoard(str(tmp_path), profile_batch=batch)
    model.fit(np.ones([4, 2]), np.ones([4, 1]), batch_size=1, verbose=0, callbacks=[callback])
    assert ("Softplus" in kinds(tmp_path)) == has_ops


def test_keras_shows_layers_unless_the_model_is_a_subclass(tmp_path):
    """The conceptual graph of layers is there for a Sequential, and not for a subclass."""

    class Model(keras.Model):
        def __init__(self):
            super().__init__()
            self.top = keras.layers.Dense(1)

        def call(self, x):
            return self.top(x)

    models = {"line": keras.Sequential([keras.Input([2]), keras.layers.Dense(1)]), "own": Model()}
    for name, model in models.items():
        model(X)
        callback = keras.callbacks.TensorBoard(str(tmp_path / name))
        callback.set_model(model)
        callback.on_train_end()
    runs = TensorBoard(tmp_path).json("plugin/graphs/info")
    conceptual = [
        run
        for run, each in runs.items()
        if any(t["conceptual_graph"] for t in each["tags"].values())
    ]
    assert conceptual == ["line/train"]


def test_the_profilers_folder_is_told_at_the_start(tmp_path):
    """profiler_outdir of trace_export is ignored: UnavailableError, and the trace stays on."""
    writer = tf.summary.create_file_writer(str(tmp_path))
    tf.summary.trace_on(graph=True, profiler=True)
    scorer()(X)
    with writer.as_default():
        with pytest.raises(tf.errors.UnavailableError, match="No profiler is running"):
            tf.summary.trace_export("graph", step=0, profiler_outdir=str(tmp_path))
        tf.summary.trace_off()
        tf.summary.trace_on(graph=True, profiler=True, profiler_outdir=str(tmp_path))
        scorer()(X)
        tf.summary.trace_export("graph", step=1)
    assert "/host:CPU" in profiled(tmp_path)


def test_a_failed_export_leaves_the_trace_on(tmp_path):
    """After that error the trace is still on; trace_off ends it."""
    with tf.summary.create_file_writer(str(tmp_path)).as_default():
        tf.summary.trace_on(graph=True, profiler=True)
        for _ in range(2):
            with pytest.raises(tf.errors.UnavailableError):
                tf.summary.trace_export("graph", step=0)
        tf.summary.trace_off()
        with pytest.raises(ValueError, match="trace_on"):
            tf.summary.trace_export("graph", step=0)


def traced(score, folder):
    """The kinds of op that TensorBoard shows after a trace around a call of `score`."""
    tf.summary.trace_on(graph=True)
    score(X)
    with tf.summary.create_file_writer(str(folder)).as_default():
        tf.summary.trace_export("graph", step=0)
    record_nothing()
    return kinds(folder)


def test_a_trace_after_the_first_call_has_no_ops(tmp_path):
    """A trace shows the ops of a function that is traced in it, not of one that was before."""
    score = scorer()
    assert traced(score, tmp_path / "first") >= SCORES
    assert not traced(score, tmp_path / "second") & SCORES
    assert traced(tf.function(score.python_function), tmp_path / "anew") >= SCORES


def test_summary_graph_needs_no_trace(tmp_path):
    """tf.summary.graph writes the graph of a concrete function, called before or not."""
    score = scorer()
    score(X)
    with tf.summary.create_file_writer(str(tmp_path)).as_default():
        tf.summary.graph(score.get_concrete_function(X).graph)
    assert kinds(tmp_path) >= SCORES


def test_graphs_are_collected_after_the_trace(tmp_path):
    """trace_off does not end the collection of graphs: the next trace has what ran in between."""
    tf.summary.trace_on(graph=True)
    tf.summary.trace_off()
    scorer()(X)
    tf.summary.trace_on(graph=True)
    with tf.summary.create_file_writer(str(tmp_path)).as_default():
        tf.summary.trace_export("graph", step=0)
    assert kinds(tmp_path) >= SCORES


def test_there_is_one_profiler(tmp_path):
    """A second profiler raises AlreadyExistsError."""
    tf.profiler.experimental.start(str(tmp_path))
    with pytest.raises(tf.errors.AlreadyExistsError, match="Another profiler is running"):
        tf.profiler.experimental.start(str(tmp_path))
    tf.profiler.experimental.stop(save=False)


def test_the_first_call_is_profiled_with_its_tracing(tmp_path):
    """The profile of a first call has the building of the graph; that of a second one has not."""
    score = scorer()
    for name in ("first", "second"):
        with tf.profiler.experimental.Profile(str(tmp_path / name)):
            score(X)
    building = "tf.function-graph_building"
    found = [building in profiled(tmp_path / name)["/host:CPU"] for name in ("first", "second")]
    assert found == [True, False]


def test_the_profile_tab_is_a_package_of_its_own():
    """The tab Profile comes from xprof, as a plugin of TensorBoard."""
    points = importlib.metadata.entry_points(group="tensorboard_plugins")
    assert "xprof" in {point.dist.name for point in points if point.dist}


def gradients_of(model):
    """The norm of the gradient of each matrix."""
    rows = np.random.default_rng(7).normal(size=[128, 20]).astype("float32")
    labels = (rows.sum(axis=1, keepdims=True) > 0).astype("float32")
    with tf.GradientTape() as tape:
        logits = model(rows, training=True)
        loss = tf.reduce_mean(tf.nn.sigmoid_cross_entropy_with_logits(labels, logits))
    matrices = [v.value for v in model.trainable_variables if len(v.shape) == 2]
    return [float(tf.norm(gradient)) for gradient in tape.gradient(loss, matrices)]


def stack(initializer, *after):
    """Twelve Dense layers of 32 units, each followed by what the functions in `after` make."""
    model = keras.Sequential([keras.Input([20])])
    for _ in range(12):
        model.add(keras.layers.Dense(32, kernel_initializer=initializer))
        for make in after:
            model.add(make())
    model.add(keras.layers.Dense(1))
    return model


def activation(name):
    return lambda: keras.layers.Activation(name)


def shares(*how):
    """The first layer's gradient as a share of the last one's, for three seeds."""
    found = []
    for seed in SEEDS:
        keras.utils.set_random_seed(seed)
        first, *_, last = gradients_of(stack(*how))
        found.append(first / last)
    return found


@pytest.mark.parametrize("initializer", ["glorot_uniform", "he_normal"])
def test_no_initialization_of_the_usual_ones_cures_sigmoids(initializer):
    """After twelve sigmoids less than a hundred-thousandth of a gradient is left."""
    assert max(shares(initializer, activation("sigmoid"))) < 1e-5


@pytest.mark.parametrize(
    ("initializer", "name"),
    [
        ("he_normal", "relu"),
        ("glorot_uniform", "relu"),
        ("glorot_uniform", "tanh"),
        ("lecun_normal", "selu"),
        ("he_normal", "gelu"),
    ],
)
def test_another_activation_cures_it(initializer, name):
    """With these activations the first layer has a twentieth of the last one's gradient."""
    assert min(shares(initializer, activation(name))) > 0.05


def test_batch_normalization_cures_sigmoids():
    """Batch normalization before each sigmoid does as well."""
    assert (
        min(shares("glorot_uniform", keras.layers.BatchNormalization, activation("sigmoid"))) > 0.05
    )


def test_weights_can_make_all_gradients_tiny_or_huge():
    """Weights that are too small or too large do so in all layers alike."""
    for stddev, bound in (0.05, lambda norms: max(norms) < 1e-4), (1.0, lambda n: min(n) > 1e4):
        initializer = keras.initializers.RandomNormal(stddev=stddev)
        model = stack(initializer, activation("relu"))
        assert bound(gradients_of(model))


def test_a_spread_that_is_right_for_32_units_bursts_at_64():
    """A standard deviation of 0.25, twenty layers of ReLU: most gradients of 64 units are huge."""

    def largest(units, seed):
        keras.utils.set_random_seed(seed)
        spread = keras.initializers.RandomNormal(stddev=0.25)
        hidden = [keras.layers.Dense(units, "relu", kernel_initializer=spread) for _ in range(20)]
        model = keras.Sequential([keras.Input([20]), *hidden, keras.layers.Dense(1)])
        return max(gradients_of(model))

    assert all(largest(32, seed) < 1e3 for seed in SEEDS)
    assert sum(largest(64, seed) > 1e3 for seed in SEEDS) >= 2


def test_clipping_makes_nothing_larger():
    """Clipping leaves a small gradient as it is, and makes a large one smaller."""
    clipped, _ = tf.clip_by_global_norm([tf.constant([3e-8, 4e-8])], 1.0)
    assert np.allclose(clipped[0], [3e-8, 4e-8], rtol=1e-5, atol=0)
    clipped, _ = tf.clip_by_global_norm([tf.constant([3e4, 4e4])], 1.0)
    assert np.allclose(clipped[0], [0.6, 0.8])


def trained(model, epochs=6):
    """The loss and accuracy of the last epoch."""
    rows = np.random.default_rng(7).normal(size=[2000, 20]).astype("float32")
    labels = (rows[:, :3].sum(axis=1, keepdims=True) > 0).astype("float32")
    loss = keras.losses.BinaryCrossentropy(from_logits=True)
    accuracy = keras.metrics.BinaryAccuracy(threshold=0.0, name="accuracy")
    model.compile(keras.optimizers.Adam(0.001), loss, metrics=[accuracy])
    model.optimizer.build(model.trainable_variables)  # or fit would be traced twice
    history = model.fit(rows, labels, epochs=epochs, batch_size=64, verbose=0).history
    return history["loss"][-1], history["accuracy"][-1]


@pytest.mark.timeout(180)
def test_the_stuck_network_is_stuck_and_the_cured_one_learns():
    """Twelve sigmoids stay at a loss of ln 2; with ReLU and He's initialization they learn."""
    keras.utils.set_random_seed(1)
    loss, accuracy = trained(build_stuck())
    assert 0.68 < loss < 0.71 and accuracy < 0.6
    loss, accuracy = trained(build_classifier())
    assert loss < 0.4 and accuracy > 0.8


STEPS = 5


@pytest.fixture(scope="module")
def logs(tmp_path_factory):
    """What the solutions log: curves, histograms, a graph and a profile."""
    folder = tmp_path_factory.mktemp("logs")
    curve = [0.71, 0.695, 0.693]
    log_history(str(folder), {run: {"loss": curve} for run in ("train", "val")})
    model = keras.Sequential([keras.Input([2]), keras.layers.Dense(1, name="top")], name="net")
    writer = tf.summary.create_file_writer(str(folder / "steps"))
    step = make_logged_step(model, keras.losses.MeanSquaredError(), keras.optimizers.SGD(), writer)
    for _ in range(STEPS):
        step(X, tf.zeros([3, 1]))
    writer.close()
    score = scorer()
    export_graph(score, (X,), str(folder / "graph"))
    export_profile(score, (X,), str(folder / "profile"))
    return folder


class Process:
    """The real `tensorboard`, on a port that the system gives."""

    def __init__(self, logdir: Path):
        flags = ("--host", "127.0.0.1", "--port", "0", "--load_fast=false")
        self.process = subprocess.Popen(
            [sys.executable, "-m", "tensorboard.main", "--logdir", str(logdir), *flags],
            stdout=subprocess.DEVNULL,
            stderr=subprocess.PIPE,
            env={**os.environ, "CUDA_VISIBLE_DEVICES": "-1"},
            text=True,
        )
        assert self.process.stderr
        lines = []
        for line in self.process.stderr:
            lines.append(line)
            if found := re.search(r"http://127\.0\.0\.1:\d+/", line):
                self.url = found[0]
                return
        raise AssertionError("".join(lines))

    def get(self, path: str) -> bytes:
        with urllib.request.urlopen(self.url + path, timeout=60) as response:
            content: bytes = response.read()
        return gzip.decompress(content) if content[:2] == b"\x1f\x8b" else content

    def json(self, path):
        return json.loads(self.get(path))

    def end(self) -> int:
        self.process.terminate()
        try:
            return self.process.wait(30)
        finally:
            self.process.kill()  # nothing, if it has ended
            self.process.communicate()


@pytest.mark.timeout(300)
def test_the_real_tensorboard_serves_what_was_logged(logs):
    """A process of TensorBoard answers for all tabs; ended by its id, it is gone with its port."""
    board = Process(logs)
    try:
        until(lambda: len(board.json("data/runs")) >= 4)
        assert set(board.json("data/runs")) >= {"train", "val", "steps", "graph"}
        points = board.json("data/plugin/scalars/scalars?run=val&tag=loss")
        assert [(step, round(value, 3)) for _, step, value in points] == [
            (0, 0.71),
            (1, 0.695),
            (2, 0.693),
        ]
        tag = "run=steps&tag=grad%2Fnet%2Ftop%2Fkernel"
        histograms = board.json(f"data/plugin/histograms/histograms?{tag}")
        assert [step for _, step, _ in histograms] == [1, 2, 3, 4, 5]
        assert {len(buckets) for _, _, buckets in histograms} == {30}
        distributions = board.json(f"data/plugin/distributions/distributions?{tag}")
        assert [len(points) for _, _, points in distributions] == [9] * STEPS
        assert b"Softplus" in board.get("data/plugin/graphs/graph?run=graph")
        (profile,) = board.json("data/plugin/profile/runs")
        tools = board.json(f"data/plugin/profile/run_tools?run={profile}")
        assert {"overview_page", "trace_viewer@"} <= set(tools)
    finally:
        status = board.end()
    assert status == 0
    with pytest.raises(urllib.error.URLError):
        board.get("data/runs")


def until(ready, seconds=60):
    """Wait for what a server does in a thread of its own."""
    end = time.monotonic() + seconds
    while not ready():
        assert time.monotonic() < end, f"not within {seconds} s"
        time.sleep(0.2)
