import contextlib
import tempfile
from functools import cache
from pathlib import Path

import keras
import numpy as np
import pytest
import tensorflow as tf
from tensorflow.core.protobuf.saved_model_pb2 import SavedModel

from dojo import expect
from katas.q07.signatures import export_scorer
from lab.saved_model import IN_PYTHON, ops_of
from lab.serving.ask import ask
from lab.serving.errors import RefusedError
from lab.serving.target import one_model, serving

N = 3
MEAN, STD = np.float32([100, 0.5, -3]), np.float32([50, 0.1, 2])
RAW = np.float32([[120, 0.4, 0], [80, 0.7, -5], [900, 0.5, -3]])
CALLED = "export_scorer(model, folder, mean, std)"
UNTRACKED = {
    "idea": "The graph reads a variable that is not in the SavedModel. Python has it in memory, "
    "and a server has the folder only.",
    "when": "Could not find variable",
}


def scorer():
    keras.utils.set_random_seed(7)
    features = keras.Input([N])
    return keras.Model(features, keras.layers.Dense(1)(features))


def regularized():
    """A model of two features that computes something else while it is trained."""
    keras.utils.set_random_seed(7)
    layers = [keras.layers.BatchNormalization(), keras.layers.Dropout(0.5), keras.layers.Dense(1)]
    return keras.Sequential([keras.Input([2]), *layers])


TRAINS = "The model trains by default, and adds 1 then. The server only predicts."


class Subclassed(keras.Model):
    """A model that is no graph of layers, does more than its layers, and trains by default."""

    def __init__(self):
        super().__init__()
        self.dense = keras.layers.Dense(1)

    def call(self, x, training=True):
        return 2 * self.dense(x) + (1 if training else 0)


def export(model, base, mean=MEAN, std=STD):
    """Have a model as version 1 in the folder `base`."""
    called = CALLED.replace("model", f"a model of {len(mean)} features")
    with expect.works(called):
        export_scorer(model, base / "1", mean, std)
    is_there = (base / "1" / "saved_model.pb").is_file()
    expect.that(
        is_there, called=called, expected="saved_model.pb in the folder", seen="none", idea=""
    )


@cache
def exported_in(parent):
    """The folder of a model that was exported once, for all tests of a run."""
    base = Path(tempfile.mkdtemp(dir=parent))
    export(scorer(), base)
    return base


@contextlib.contextmanager
def served(base):
    """A server that has loaded what was exported; this one could call Python, a real one not."""
    model = SavedModel.FromString((base / "1" / "saved_model.pb").read_bytes())
    found = sorted(ops_of(model.meta_graphs[0].graph_def) & IN_PYTHON)
    expect.that(
        not found,
        called=f"the operations in the graph, after {CALLED}",
        expected="none that calls Python",
        seen=", ".join(found),
        idea="A server runs the operations of the graph, and has no Python to call.",
    )
    with serving(one_model(base)) as server:
        yield server


def signature(base, name):
    """What a signature promises, read from the file itself."""
    model = SavedModel.FromString((base / "1" / "saved_model.pb").read_bytes())
    signatures = model.meta_graphs[0].signature_def
    names = sorted(set(signatures) - {"__saved_model_init_op"})
    expect.that(name in names, called=CALLED, expected=f"a signature {name}", seen=", ".join(names))
    sides = signatures[name].inputs, signatures[name].outputs
    return [{key: promised(info) for key, info in sorted(side.items())} for side in sides]


def expect_signature(base, name, want):
    seen = signature(base, name)
    called = f"inputs, outputs of {name} after {CALLED}"
    expect.same([sorted(side) for side in seen], [sorted(side) for side in want], called=called)
    idea = "A client sends arrays of this dtype and shape. None is any number of rows."
    expect.same(seen, want, called=called, idea=idea)


def promised(info):
    shape = tf.TensorShape(info.tensor_shape)
    return f"{tf.as_dtype(info.dtype).name} {shape if shape.rank is None else shape.as_list()}"


def test_serving_default_is_as_promised(tmp_path):
    """`serving_default` has the names, dtypes and shapes that clients were promised.

    A client finds a tensor by its name. Names that nobody chose are made up, and may change with
    the next training.
    """
    want = [{"features": f"float32 [None, {N}]"}, {"score": "float32 [None, 1]"}]
    expect_signature(exported_in(tmp_path.parent), "serving_default", want)


def test_from_examples_is_as_promised(tmp_path):
    """`from_examples` has the names, dtypes and shapes that clients were promised.

    A signature is made for each kind of client. All of them lie in the same file.
    """
    want = [{"examples": "string [None]"}, {"score": "float32 [None, 1]"}]
    expect_signature(exported_in(tmp_path.parent), "from_examples", want)


@cache
def truth():
    return scorer()((RAW - MEAN) / STD, training=False)


def score(server, inputs, name):
    """The score that a server gives for what a client sends."""
    with expect.works(f"a request to {name}, after {CALLED}", **UNTRACKED):
        outputs = ask(server, inputs, signature=name)
    names = ", ".join(sorted(outputs))
    called = f"the outputs of {name}, after {CALLED}"
    expect.that("score" in outputs, called=called, expected="score", seen=names)
    (rows,) = (len(batch) for batch in inputs.values())
    idea = "A client finds the score of a row by the shape: (batch, 1)."
    shape, said = list(outputs["score"].shape), f"shape of score for {rows} rows by {name}"
    expect.same(shape, [rows, 1], called=f"{said}, after {CALLED}", idea=idea)
    return outputs["score"]


def expect_scores(base, name, **sent):
    """A server scores RAW by a signature, in batches of 1 and of 3 rows."""
    ((of_input, batch),) = sent.items()
    with served(base) as server:
        for rows in 1, 3:
            seen = score(server, {of_input: batch[:rows]}, name)
            called = f"the score of a batch of {rows} by {name}, after {CALLED}"
            expect.value(seen, truth()[:rows], tolerance=1e-4, called=called)


def test_raw_features_are_scored(tmp_path):
    """Raw features are scored, in batches of every size.

    The scaling was learned from data, like the weights. A client that does it has to change with
    every training.
    """
    expect_scores(exported_in(tmp_path.parent), "serving_default", features=RAW)


def example(values):
    feature = tf.train.Feature(float_list=tf.train.FloatList(value=values))
    features = tf.train.Features(feature={"features": feature} if len(values) else {})
    return tf.train.Example(features=features).SerializeToString()


def test_examples_are_scored(tmp_path):
    """Serialized Examples are parsed in the graph, and scored like rows.

    Pipelines of training read Examples. The same bytes can be sent to the server.
    """
    examples = np.array([example(row) for row in RAW], dtype=object)
    expect_scores(exported_in(tmp_path.parent), "from_examples", examples=examples)


@pytest.mark.beyond
def test_an_example_that_is_not_whole_is_an_error(tmp_path):
    """An Example without the features, or with another number of them, is an error.

    A score for features that are not there is worse than an error, since nobody notices it.
    """
    with served(exported_in(tmp_path.parent)) as server:
        score(server, {"examples": np.array([example(RAW[0])], dtype=object)}, "from_examples")
        for first, values in ((3, []), (3, [1.0]), (3, [1.0, 2.0, 3.0, 4.0]), (2, [1.0] * 4)):
            sent = np.array([example(RAW[0, :first]), example(values)], dtype=object)
            called = f"Examples with {first} and {len(values)} values to from_examples"
            seen = answer(server, sent)
            expect.that(
                seen == "an error",
                called=f"{called}, after {CALLED}",
                expected="an error",
                seen=seen,
            )


def answer(server, examples):
    try:
        outputs = ask(server, {"examples": examples}, signature="from_examples")
    except RefusedError:
        return "an error"
    return f"scores, {outputs['score'].tolist()}"


@pytest.mark.beyond
def test_a_subclassed_model_is_exported(tmp_path):
    """A subclassed model is exported in the same way.

    It has no `inputs`. How many features there are, `mean` says, too.
    """
    model = Subclassed()
    model(RAW)
    export(model, tmp_path, np.zeros(N, "float32"), np.ones(N, "float32"))
    with served(tmp_path) as server:
        seen = score(server, {"features": RAW}, "serving_default")
    truth = model(RAW, training=False)
    called = f"the score of rows, by a subclassed model, after {CALLED}"
    idea = TRAINS if np.allclose(seen, model(RAW, training=True), rtol=1e-4) else None
    expect.value(seen, truth, tolerance=1e-4, called=called, idea=idea)


def test_nothing_is_as_in_training(tmp_path):
    """A score is what the model predicts, not what it computes in training.

    Dropout and batch normalization run in two ways, and the graph has one of them for good.
    """
    model, rows = regularized(), RAW[:, 1:]
    export(model, tmp_path, np.zeros(2, "float32"), np.ones(2, "float32"))
    examples = np.array([example(row) for row in rows], dtype=object)
    requests = {"serving_default": {"features": rows}, "from_examples": {"examples": examples}}
    with served(tmp_path) as server:
        for name, sent in requests.items():
            seen = score(server, sent, name)
            called = f"the score by {name}, of a model with Dropout, after {CALLED}"
            expect.value(seen, model(rows, training=False), tolerance=1e-4, called=called)


@pytest.mark.beyond
def test_it_runs_where_the_server_puts_it(tmp_path):
    """The model runs on the device that its server gives it.

    A model is saved on one machine, and served on another. A device that the graph names, for an
    operation or a variable, is used there, too.
    """
    base = exported_in(tmp_path.parent)
    for name, of_input, batch in (
        ("serving_default", "features", RAW[:1]),
        ("from_examples", "examples", np.array([example(RAW[0])], dtype=object)),
    ):
        called = f"{name}, on a server that gives it CPU:1, after {CALLED}"
        with expect.works(called):
            ran = operations(base, name, {of_input: batch}, given="CPU:1")
        elsewhere = sorted(f"{op} on {device}" for op, device in ran if device != "CPU:1")
        expect.that(
            not elsewhere,
            called=f"where operations run by {called}",
            expected="CPU:1",
            seen=", ".join(elsewhere),
        )


@pytest.mark.beyond
@pytest.mark.gpu
def test_it_runs_on_a_gpu(tmp_path):
    """Where there is a GPU and nobody names a device, the GPU computes.

    A graph that names the CPU leaves the GPU without work.
    """
    called = f"serving_default, on a server that gives it all devices, after {CALLED}"
    with expect.works(called):
        ran = operations(exported_in(tmp_path.parent), "serving_default", {"features": RAW[:1]})
    seen = {device for op, device in ran if op == "MatMul"}
    expect.that(
        seen <= {"GPU:0"},  # no MatMul is seen of a graph that XLA compiles
        called=f"where matrices are multiplied by {called}",
        expected="GPU:0",
        seen=", ".join(sorted(seen)),
    )


def operations(base, name, inputs, given=None):
    """The operations that run when a server computes scores on a given device, each with its own.

    What brings the request there and the scores back is left out: its names begin with "_". So do
    those of some kinds of MatMul, which differ from machine to machine.
    """
    config = tf.compat.v1.ConfigProto(device_count={"CPU": 2}, allow_soft_placement=True)
    options = tf.compat.v1.RunOptions(output_partition_graphs=True)
    ran = tf.compat.v1.RunMetadata()
    graph = tf.Graph()
    session = tf.compat.v1.Session(graph=graph, config=config)
    with session, graph.as_default(), tf.device(given):
        loaded = tf.compat.v1.saved_model.load(session, ["serve"], str(base / "1"))
        ends = loaded.signature_def[name]
        sent = {ends.inputs[key].name: batch for key, batch in inputs.items()}
        scores = [each.name for each in ends.outputs.values()]
        session.run(scores, sent, options=options, run_metadata=ran)
    nodes = [node for part in ran.partition_graphs for node in part.node]
    ops = [("MatMul" if "MatMul" in node.op else node.op, short(node.device)) for node in nodes]
    return {(op, device) for op, device in ops if not op.startswith("_")}


def short(device):
    spec = tf.DeviceSpec.from_string(device)
    return f"{spec.device_type}:{spec.device_index}"
