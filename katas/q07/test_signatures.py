import tempfile
from functools import cache, partial
from pathlib import Path

import keras
import numpy as np
import pytest
import tensorflow as tf
from tensorflow.core.protobuf.saved_model_pb2 import SavedModel

from dojo import expect
from katas.q07.signatures import export_scorer
from lab.serving.ask import ask
from lab.serving.errors import RefusedError
from lab.serving.target import one_model, serving

N = 3
MEAN, STD = np.float32([100, 0.5, -3]), np.float32([50, 0.1, 2])
RAW = np.float32([[120, 0.4, 0], [80, 0.7, -5], [300, 0.5, -3]])
CALLED = "export_scorer(model, folder, mean, std)"


def scorer():
    keras.utils.set_random_seed(7)
    features = keras.Input([N])
    return keras.Model(features, keras.layers.Dense(1)(features))


def regularized():
    """A model that computes something else while it is trained."""
    keras.utils.set_random_seed(7)
    layers = [keras.layers.BatchNormalization(), keras.layers.Dropout(0.5), keras.layers.Dense(1)]
    return keras.Sequential([keras.Input([N]), *layers])


def export(model, base, mean=MEAN, std=STD):
    """Have a model as version 1 in the folder `base`."""
    with expect.works(CALLED):
        export_scorer(model, str(base / "1"), mean, std)
    is_there = (base / "1" / "saved_model.pb").is_file()
    expect.that(is_there, called=CALLED, expected="saved_model.pb in the folder", seen="none")


@cache
def exported_in(parent):
    """The folder of a model that was exported once, for all tests of a run."""
    base = Path(tempfile.mkdtemp(dir=parent))
    export(scorer(), base)
    return base


def signature(base, name):
    """What a signature promises, read from the file itself."""
    model = SavedModel.FromString((base / "1" / "saved_model.pb").read_bytes())
    signatures = model.meta_graphs[0].signature_def
    names = sorted(set(signatures) - {"__saved_model_init_op"})
    expect.that(name in names, called=CALLED, expected=f"a signature {name}", seen=", ".join(names))
    sides = signatures[name].inputs, signatures[name].outputs
    return [{key: promised(info) for key, info in sorted(side.items())} for side in sides]


def promised(info):
    shape = tf.TensorShape(info.tensor_shape)
    return f"{tf.as_dtype(info.dtype).name} {shape if shape.rank is None else shape.as_list()}"


def test_serving_default_is_as_promised(tmp_path):
    """`serving_default` has the names, dtypes and shapes that clients were promised.

    A client finds a tensor by its name. Names that nobody chose are made up, and may be others
    the next time.
    """
    seen = signature(exported_in(tmp_path.parent), "serving_default")
    want = [{"features": f"float32 [None, {N}]"}, {"score": "float32 [None, 1]"}]
    expect.same(seen, want, called=f"inputs, outputs of serving_default after {CALLED}")


def test_from_examples_is_as_promised(tmp_path):
    """`from_examples` has the names, dtypes and shapes that clients were promised."""
    seen = signature(exported_in(tmp_path.parent), "from_examples")
    want = [{"examples": "string [None]"}, {"score": "float32 [None, 1]"}]
    expect.same(seen, want, called=f"inputs, outputs of from_examples after {CALLED}")


@cache
def truth():
    return scorer()((RAW - MEAN) / STD, training=False)


def score(server, inputs, name):
    """The score that a server gives for what a client sends."""
    with expect.works(f"a request to {name}, after {CALLED}"):
        outputs = ask(server, inputs, signature=name)
    names = ", ".join(sorted(outputs))
    called = f"the outputs of {name}, after {CALLED}"
    expect.that("score" in outputs, called=called, expected="score", seen=names)
    return outputs["score"]


def expect_scores(base, name, what, **sent):
    """A server scores RAW by a signature, in batches of 1 and of 3 rows."""
    ((of_input, batch),) = sent.items()
    with serving(one_model(base)) as server:
        for rows in 1, 3:
            seen = score(server, {of_input: batch[:rows]}, name)
            called = f"the score of {rows} {what} by {name}, after {CALLED}"
            expect.value(seen, truth()[:rows], tolerance=1e-4, called=called)


def test_raw_features_are_scored(tmp_path):
    """Raw features are scored, in batches of every size.

    What is done to features before the model sees them belongs to the model: a client that does
    it would have to change with every training.
    """
    expect_scores(exported_in(tmp_path.parent), "serving_default", "raw rows", features=RAW)


def example(values):
    feature = tf.train.Feature(float_list=tf.train.FloatList(value=values))
    features = tf.train.Features(feature={"features": feature} if len(values) else {})
    return tf.train.Example(features=features).SerializeToString()


def test_examples_are_scored(tmp_path):
    """Serialized Examples are taken apart in the graph, and scored alike.

    They are what pipelines of training read, so that the same bytes can be used for both.
    """
    examples = np.array([example(row) for row in RAW], dtype=object)
    expect_scores(exported_in(tmp_path.parent), "from_examples", "Examples", examples=examples)


def test_an_example_that_is_not_whole_is_an_error(tmp_path):
    """An Example without the features, or with another number of them, is an error.

    A score for something that is not there is worse than none: nobody notices.
    """
    with serving(one_model(exported_in(tmp_path.parent))) as server:
        score(server, {"examples": np.array([example(RAW[0])], dtype=object)}, "from_examples")
        for values in [], [1.0], [1.0, 2.0, 3.0, 4.0]:
            sent = np.array([example(RAW[0]), example(values)], dtype=object)
            called = f"two Examples to from_examples, one with {len(values)} values"
            request = partial(ask, server, {"examples": sent}, signature="from_examples")
            expect.raises(request, RefusedError, called=f"{called}, after {CALLED}")


def test_nothing_is_as_in_training(tmp_path):
    """A score is what the model predicts, not what it computes while it is trained.

    Dropout and batch normalization have two ways to run, and the graph has one of them for good.
    """
    model = regularized()
    export(model, tmp_path, np.zeros(N, "float32"), np.ones(N, "float32"))
    with serving(one_model(tmp_path)) as server:
        seen = score(server, {"features": RAW}, "serving_default")
    called = f"the score of rows, by a model with Dropout, after {CALLED}"
    expect.value(seen, model(RAW, training=False), tolerance=1e-4, called=called)


def test_it_runs_where_the_server_puts_it(tmp_path):
    """The model runs on the device that its server gives it.

    What is saved on one machine is served on another. A device that the graph names is taken
    there, too, and the one that was meant has nothing to do.
    """
    runs_on("CPU:1", exported_in(tmp_path.parent), given="CPU:1")


@pytest.mark.gpu
def test_it_runs_on_a_gpu(tmp_path):
    """Where there is a GPU and nobody names a device, the GPU computes."""
    runs_on("GPU:0", exported_in(tmp_path.parent), given=None)


def runs_on(device, base, given):
    called = f"serving_default, on a server that gives it {given or 'all devices'}, after {CALLED}"
    with expect.works(called):
        seen = products(base, given)
    expect.that(
        seen <= {device},  # no MatMul is seen of a graph that XLA compiles
        called=f"where matrices are multiplied by {called}",
        expected=device,
        seen=", ".join(sorted(seen)),
    )


def products(base, given):
    """The devices of all MatMul ops that run when a server computes scores on a given device."""
    config = tf.compat.v1.ConfigProto(device_count={"CPU": 2}, allow_soft_placement=True)
    options = tf.compat.v1.RunOptions(output_partition_graphs=True)
    ran = tf.compat.v1.RunMetadata()
    graph = tf.Graph()
    session = tf.compat.v1.Session(graph=graph, config=config)
    with session, graph.as_default(), tf.device(given):
        loaded = tf.compat.v1.saved_model.load(session, ["serve"], str(base / "1"))
        ends = loaded.signature_def["serving_default"]
        sent = {each.name: RAW[:1] for each in ends.inputs.values()}
        scores = [each.name for each in ends.outputs.values()]
        session.run(scores, sent, options=options, run_metadata=ran)
    nodes = [node for part in ran.partition_graphs for node in part.node]
    devices = [tf.DeviceSpec.from_string(node.device) for node in nodes if "MatMul" in node.op]
    return {f"{device.device_type}:{device.device_index}" for device in devices}
