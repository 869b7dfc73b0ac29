import gc
import weakref

import keras
import numpy as np
import pytest
import tensorflow as tf

from dojo import expect
from katas.q08.placement import TwoStage
from lab.executed import executed
from lab.processes import once, run

pytestmark = pytest.mark.timeout(60)  # a run that hangs is ended long before, with a message

RANDOM = np.random.default_rng(9)
SHAPES = {"w1": (6, 8), "b1": (8,), "w2": (8, 3), "b2": (3,)}
WEIGHTS = tuple(RANDOM.normal(scale=0.5, size=shape).astype("float32") for shape in SHAPES.values())
X = RANDOM.normal(size=(4, 6)).astype("float32")
X[0], WEIGHTS[1][0] = 0, 0  # relu of exactly 0, where its gradient is 0
Y = RANDOM.normal(size=(4, 3)).astype("float32")
STAGES = {"w1": "CPU:1", "b1": "CPU:1", "w2": "CPU:2", "b2": "CPU:2"}  # CPU:0 is the default
MADE = 'model = TwoStage(("CPU:1", "CPU:2"), weights)'
STEPS = 3


def reference(keep=0.9):
    """The same training in NumPy: outputs before it, losses of its steps and one more, weights.

    Args:
        keep: how much of the momentum a step keeps; 0 is plain SGD.
    """
    weights, momentum, losses, outputs, known = list(WEIGHTS), [0, 0, 0, 0], [], [], []
    for _ in range(STEPS + 1):
        known.append(weights)
        w1, b1, w2, b2 = weights
        hidden = np.maximum(X @ w1 + b1, 0)
        outputs.append(hidden @ w2 + b2)
        losses.append(np.mean((outputs[-1] - Y) ** 2))
        back = 2 * (outputs[-1] - Y) / Y.size
        inner = back @ w2.T * (hidden > 0)
        gradients = [X.T @ inner, inner.sum(0), hidden.T @ back, back.sum(0)]
        momentum = [keep * m - 0.05 * g for m, g in zip(momentum, gradients, strict=True)]
        weights = [w + m for w, m in zip(weights, momentum, strict=True)]
    return outputs[0], np.float32(losses), known[-1]


def short(device):
    return device.split("device:")[-1]


def products(function, *arguments):
    """The devices of the matrix products that TensorFlow runs for a call, one for each."""
    nodes = executed(lambda: function(*map(tf.constant, arguments)))
    found = [n for n in nodes if "MatMul" in n.op or n.op == "Einsum"]
    return sorted(short(node.device) for node in found)


def variables(model):
    """What a model trains, as tf.Variables."""
    trained = model.trainable_variables
    return [v.value if isinstance(v, keras.Variable) else v for v in trained]


def observe(devices):
    """What is where, before, while and after a model trains."""
    made = []

    def watch(make, **options):
        variable = make(**options)
        made.append(weakref.ref(variable))
        return variable

    with tf.variable_creator_scope(watch):
        with expect.works(MADE):
            model, other = TwoStage(devices, WEIGHTS), TwoStage(devices, WEIGHTS)
            elsewhere = TwoStage(devices[::-1], WEIGHTS)
            at_first = len(made)
            weights = variables(model)
            swapped = [(tuple(v.shape), short(v.device)) for v in variables(elsewhere)]
        with expect.works("model(x)"):
            outputs = np.asarray(model(tf.constant(X)))
            forward = products(tf.function(other.__call__), X)
        with expect.works("tf.function(another_model.train_step)(x, y)"):
            compiled = tf.function(other.train_step)
            training = products(compiled, X, Y)
        with expect.works("model.train_step(x, y)"):
            losses = [float(model.train_step(tf.constant(X), tf.constant(Y))) for _ in range(STEPS)]
    after = [weight.numpy() for weight in weights]
    later = len(made) - at_first
    del other, compiled, elsewhere
    gc.collect()
    known = {id(weight) for weight in weights}
    rest = [v for v in (reference() for reference in made) if v is not None and id(v) not in known]
    return {
        "weights": [(tuple(weight.shape), short(weight.device)) for weight in weights],
        "swapped": swapped,
        "after": after,
        "slots": [(tuple(v.shape), short(v.device)) for v in rest],
        "outputs": outputs,
        "losses": np.float32(losses),
        "later": later,
        "forward": forward,
        "training": training,
    }


@once
def observed():
    return run(observe, ("CPU:1", "CPU:2"), devices=3, called=f"{MADE}, and its training")


IN_A_GRAPH = "tf.function(model.train_step), traced for any number of rows"


def train_in_a_graph():
    with expect.works(MADE):
        model = TwoStage(("CPU:1", "CPU:2"), WEIGHTS)
    with expect.works(IN_A_GRAPH):
        any_rows = [tf.TensorSpec([None, array.shape[1]]) for array in (X, Y)]
        compiled = tf.function(model.train_step, input_signature=any_rows)
        return np.float32([float(compiled(tf.constant(X), tf.constant(Y))) for _ in range(STEPS)])


def test_weights_are_on_the_device_of_their_stage():
    """Each stage has its weights on its own device.

    A variable is on the device of the scope in which it is made. Keras makes the weights of a layer
    when the layer is built, not when it is constructed.
    """
    seen = observed()["weights"]
    want = [(shape, STAGES[name]) for name, shape in SHAPES.items()]
    called = f"shape and device of each in model.trainable_variables, {MADE}"
    idea = None if "CPU:0" in {device for _, device in seen} else ""  # the default
    expect.that(seen == want, called=called, expected=f"{want}", seen=f"{seen}", idea=idea)
    other = {"CPU:1": "CPU:2", "CPU:2": "CPU:1"}
    seen, want = observed()["swapped"], [(shape, other[device]) for shape, device in want]
    called = called.replace(MADE, 'model = TwoStage(("CPU:2", "CPU:1"), weights)')
    expect.that(seen == want, called=called, expected=f"{want}", seen=f"{seen}", idea="")


def test_forward_products_run_on_both_devices():
    """A stage computes where its weights are.

    An op without a scope runs on the default device, and the weights are sent there in each call.
    Its device is decided when it runs, not when the layer is made.
    """
    seen = observed()["forward"]
    expect.that(
        seen == ["CPU:1", "CPU:2"],
        called="the devices of the matrix products in model(x)",
        expected="CPU:1, CPU:2",
        seen=", ".join(seen) or "none",
        idea=None if "CPU:0" in seen else "",
    )


def test_backward_products_run_on_both_devices():
    """The backward pass of a stage runs on its device as well.

    A step has two products in the first stage: outputs, and the gradient of w1. It has three in the
    second: also the gradient that goes back. Where a tape computes them is decided at the call
    that asks it for gradients.
    """
    seen = observed()["training"]
    right = {"CPU:1", "CPU:2"} == set(seen) and seen.count("CPU:1") >= 2
    expect.that(
        right and seen.count("CPU:2") >= 3,
        called="the devices of the matrix products in model.train_step(x, y)",
        expected="at least two on CPU:1 and three on CPU:2, and none elsewhere",
        seen=", ".join(f"{seen.count(device)} on {device}" for device in sorted(set(seen))),
        idea=None if observed()["forward"] == ["CPU:1", "CPU:2"] else "",
    )


def test_momentum_is_on_the_device_of_its_weight():
    """What the optimizer remembers is on the device of the weight that it is for.

    Momentum takes as much memory as the weights. All of it in one place fills that device first.
    """
    slots = observed()["slots"]
    for name, shape in SHAPES.items():
        seen = sorted({device for kind, device in slots if kind == shape})
        expect.that(
            seen == [STAGES[name]],
            called=f"the devices of the variables for the momentum of {name}, {MADE}",
            expected=STAGES[name],
            seen=", ".join(seen) or "no variable of its shape, other than the weight",
            idea=None if seen else "",
        )


def test_training_is_that_of_one_device():
    """Where the stages are changes nothing in what is computed.

    The network, its loss and the optimizer are the ones of the contract.
    """
    outputs, losses, weights = reference()
    _, plain, _ = reference(keep=0)
    seen = observed()
    expect.value(seen["outputs"], outputs, tolerance=1e-4, called="model(x)", idea="")
    forgets = np.allclose(seen["losses"], plain[:-1], rtol=1e-3)
    idea = "Each step keeps nine tenths of the last change of a weight." if forgets else ""
    called = f"the losses of {STEPS} calls of model.train_step(x, y)"
    expect.value(seen["losses"], losses[:-1], tolerance=1e-4, called=called, idea=idea)
    for name, found, want in zip(SHAPES, seen["after"], weights, strict=False):
        called = f"{name} after {STEPS} calls of model.train_step(x, y)"
        expect.value(found, want, tolerance=1e-4, called=called, idea="")


@pytest.mark.beyond
def test_training_is_the_same_in_a_graph():
    """In a tf.function of somebody else, a step trains as it does outside.

    What Python remembers from call to call is remembered once, while the function is traced.
    """
    _, losses, _ = reference()
    _, plain, _ = reference(keep=0)
    seen = run(train_in_a_graph, devices=3, called=IN_A_GRAPH)
    in_graphs_only = np.allclose(observed()["losses"], losses[:-1], rtol=1e-3)
    forgets = in_graphs_only and np.isclose(seen[2], plain[2], rtol=1e-3)
    called = f"the losses of {STEPS} calls of {IN_A_GRAPH}"
    idea = None if forgets else ""
    expect.value(seen, losses[:-1], tolerance=1e-4, called=called, idea=idea)


@pytest.mark.beyond
def test_all_variables_are_made_in_the_constructor():
    """All variables are there when the model is.

    A tf.function may make variables only in its first trace, and where they are is then up to
    whoever calls it.
    """
    called = f"the variables that are made later than by {MADE}"
    expect.same(observed()["later"], 0, called=called)


def without_soft_placement():
    tf.config.set_soft_device_placement(False)
    return observe(("GPU:0", "GPU:1"))


@pytest.mark.gpu
def test_stages_are_on_two_gpus():
    """With soft placement off, a device that is not there or cannot do it is an error.

    With it, which is the default, TensorFlow would take another one without a word.
    """
    if len(tf.config.list_physical_devices("GPU")) < 2:
        pytest.skip("needs two GPUs")
    seen = run(without_soft_placement, called="two stages on GPU:0 and GPU:1")
    called = "the devices of weights and products on two GPUs"
    devices = sorted({device for _, device in seen["weights"]} | set(seen["training"]))
    expect.same(devices, ["GPU:0", "GPU:1"], called=called)
