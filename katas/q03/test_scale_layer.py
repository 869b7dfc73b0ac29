"""Two kinds of weight: made at the right time, of the right size, and known to Keras."""

import keras
import numpy as np
import pytest
import tensorflow as tf

from dojo import expect
from katas.q03.scale_layer import Gain

X = tf.constant([[1.0, 2.0, 3.0], [4.0, 5.0, 6.0]])
MADE_IN_CALL = {
    "idea": "A layer takes new weights in __init__ and in build. When call runs, it is built.",
    "when": "cannot add new elements of state",
}


def test_every_feature_has_a_gain():
    """Every feature is multiplied by a gain of its own, 1 at first.

    A weight takes part in each call with the value that it has at that time.
    """
    layer = Gain()
    called = "Gain()([[1, 2, 3], [4, 5, 6]])"
    with expect.works(called, **MADE_IN_CALL):
        output = layer(X)
    start = "A gain of 1 leaves its feature as it is. add_weight starts with random numbers."
    expect.tensor(output, X, called=called, idea=start)
    called = "the same, after layer.gain.assign([2.0, -1.0, 0.5])"
    with expect.works(called):
        layer.gain.assign([2.0, -1.0, 0.5])
        output = layer(X)
    expect.tensor(output, [[2.0, -2.0, 1.5], [8.0, -5.0, 3.0]], called=called)
    compiled = tf.function(lambda x: layer(x))
    called = "the same in a tf.function, traced before layer.gain.assign([3.0, 0.0, 1.0])"
    with expect.works(called):
        compiled(X)
        layer.gain.assign([3.0, 0.0, 1.0])
        output = compiled(X)
    traced = "What Python reads while tracing stands in the graph as a constant."
    expect.tensor(output, [[3.0, 0.0, 3.0], [12.0, 0.0, 6.0]], called=called, idea=traced)


def test_the_first_input_sets_the_width():
    """The number of gains is that of the features.

    How many features there are is known when the first input comes. Keras then calls `build` with
    its shape, once. The features are the last axis only.
    """
    for shape in [(2, 5), (4, 1), (2, 4, 3)]:
        check_on(Gain(), shape, f"Gain() on an input of shape {shape}")


def check_on(layer, shape, called):
    """Feature i is multiplied by i + 2, in an input of this shape."""
    inputs = np.linspace(-1.0, 1.0, np.prod(shape), dtype="float32").reshape(shape)
    gains = np.arange(2.0, 2.0 + shape[-1], dtype="float32")
    with expect.works(called, **MADE_IN_CALL):
        layer(inputs)
    called = f"{called}, with the gains {gains.tolist()}"
    expect.same([*layer.gain.shape], [shape[-1]], called=f"layer.gain.shape of {called}")
    with expect.works(called):
        layer.gain.assign(gains)
        output = layer(inputs)
    each = "Every element is multiplied by the gain of its feature, as the weight is now."
    expect.tensor(output, inputs * gains, called=called, idea=each)


def test_two_layers_share_nothing():
    """Every layer has gains and a count of its own.

    What stands in the class or in the module is there once, for all layers.
    """
    first, second = Gain(), Gain()
    with expect.works("two layers, called once each", **MADE_IN_CALL):
        first(X)
        second(X)
    gains, count = second.gain.numpy(), int(second.training_calls)
    with expect.works("the first layer, called in training and given other gains"):
        first(X, training=True)
        first.gain.assign([7.0, 7.0, 7.0])
    called = "the gains of the second layer, after the first one was given others"
    expect.value(second.gain, gains, called=called)
    called = "training_calls of the second layer, after the first one was called in training"
    expect.value(second.training_calls, count, called=called)


def test_keras_knows_both_weights():
    """Keras knows both: one weight to be trained, and one not.

    What Keras does not know, it does not train, save or load. It knows what add_weight made, and
    each keras.Variable that is an attribute.
    """
    layer = Gain()
    with expect.works("Gain()([[1, 2, 3], [4, 5, 6]]), twice", **MADE_IN_CALL):
        layer(X)
        layer(X)
    for weights, shapes, called in (
        (layer.trainable_weights, [(3,)], "shapes of layer.trainable_weights, 3 features"),
        (layer.non_trainable_weights, [()], "shapes of layer.non_trainable_weights"),
    ):
        seen = [tuple(weight.shape) for weight in weights]
        more = "There are two weights. Each is to be trained unless you say that it is not."
        expect.same(seen, shapes, called=called, idea=more if len(seen) > 1 else None)
    with tf.GradientTape() as tape:
        total = tf.reduce_sum(layer(X))
    called = "the gradient of the sum of the output, with respect to layer.gain"
    gradient = tape.gradient(total, layer.gain.value)
    expect.that(
        gradient is not None and np.allclose(gradient, [5.0, 7.0, 9.0]),
        called=called,
        expected="[5.0, 7.0, 9.0]",
        seen="None" if gradient is None else str(gradient.numpy().tolist()),
        idea="To be trained, a weight needs a gradient: ops lead from it to the output.",
    )


def test_only_training_counts():
    """Each call in training counts, and no other.

    fit calls with training=True, predict does not. Both compile: what Python does in call happens
    while tracing only.
    """
    layer = Gain()

    @tf.function
    def step(x):
        return layer(x, training=True)

    with expect.works("eager calls, in training and not", **MADE_IN_CALL):
        layer(X, training=True)
        layer(X)
        layer(X, training=False)
    once = "Training is what the argument says, else False. Each call counts once, also the first."
    called = "training_calls after 1 eager call in training, and 2 that are not"
    expect.value(layer.training_calls, 1, called=called, idea=once)
    with expect.works("calls of a tf.function, in training"):
        for _ in range(3):
            step(X)
    called = "training_calls after 3 calls of a tf.function more, in training"
    expect.value(layer.training_calls, 4, called=called)

    layer = Gain()
    model = keras.Sequential([keras.Input([3]), layer, keras.layers.Dense(1)])
    model.compile("sgd", "mse", jit_compile=False)
    batches = tf.data.Dataset.from_tensor_slices((tf.ones([15, 3]), tf.ones([15, 1]))).batch(2)
    with expect.works("fit, then predict"):
        model.fit(batches, verbose=0)
        model.predict(batches, verbose=0)
    called = "training_calls after fit with 8 batches, then predict"
    expect.value(layer.training_calls, 8, called=called)


@pytest.mark.beyond
def test_any_rank():
    """The layer fits inputs of any rank from 2 on, also one after the other.

    The gains have one axis. Broadcasting lines it up with the last axis of any input.
    """
    for shape in [(2, 3, 2, 3), (2, 1, 2, 2, 3)]:
        check_on(Gain(), shape, f"Gain() on an input of shape {shape}")
    layer = Gain()
    for shape in (2, 4, 3), (3, 7, 3), (5, 3):
        check_on(layer, shape, f"one Gain(), after others with 3 features, on shape {shape}")


@pytest.mark.beyond
def test_the_count_is_exact():
    """The count is exact, in a layer of any dtype.

    An op adds 1 to what the weight holds. A small dtype ends early: float16 stands still at 2048,
    int16 jumps after 32767. In half precision, Keras shows call floating-point weights in it.
    """
    for dtype in ("float32", "bfloat16", "float16", "mixed_float16"):
        layer = Gain(dtype=dtype)
        layer(X[:1])
        for count in (2048, 40_000, 1_000_000):
            called = f"training_calls of Gain(dtype='{dtype}'), set to {count}, after one more call"
            with expect.works(called):
                layer.training_calls.assign(count)
                layer(X[:1], training=True)
                seen = int(layer.training_calls)
            expect.same(seen, count + 1, called=called)


@pytest.mark.beyond
def test_the_policy_sets_the_dtypes():
    """The layer's dtype says how it computes and how it keeps its gains.

    Keras casts the input to the compute dtype, and shows call a weight in it. A cast of your own,
    or a weight with a dtype of its own, goes against it.
    """
    for policy, computed, kept in (
        ("mixed_float16", "float16", "float32"),
        ("float64", "float64", "float64"),
    ):
        called = f"Gain(dtype='{policy}')([[1, 2, 3], [4, 5, 6]])"
        with expect.works(called):
            layer = Gain(dtype=policy)
            layer(X)
            layer.gain.assign([1.0, 1.0, 1.0])
            output = layer(X)
        expect.tensor(output, X, dtype=computed, called=called)
        expect.value(layer.gain, np.ones(3), dtype=kept, called=f"the gains after {called}")
    layer, thirds = Gain(dtype="float64"), np.array([[1.0, 2.0, 4.0]]) / 3.0
    called = "Gain(dtype='float64') on thirds, with gains of 1/7"
    with expect.works(called):
        layer(thirds)
        layer.gain.assign(np.ones(3) / 7.0)
        output = layer(thirds)
    expect.tensor(output, thirds / 7.0, dtype="float64", called=called)


@pytest.mark.beyond
def test_arguments_of_every_layer():
    """Name and trainable act as in every Keras layer, and a frozen layer counts.

    `trainable` says whether gradients change the gains. The count is no matter of gradients.
    """
    called = "Gain(name='frozen', trainable=False)"
    with expect.works(called):
        layer = Gain(name="frozen", trainable=False)
    handed_on = "What a layer is given beside its own arguments is for the base class to act on."
    seen = [layer.name, layer.trainable]
    expect.same(seen, ["frozen", False], called=f"name and trainable of {called}", idea=handed_on)
    with expect.works(f"two calls of {called} in training"):
        layer(X[:1], training=True)
        layer(X[:1], training=True)
    seen = [tuple(weight.shape) for weight in layer.trainable_weights]
    frozen = f"shapes of trainable_weights after two calls of {called}"
    expect.same(seen, [], called=frozen, idea=handed_on)
    expect.value(layer.training_calls, 2, called=f"training_calls after two calls of {called}")
