"""Two kinds of weight: made at the right time, of the right size, and known to Keras."""

import keras
import numpy as np
import tensorflow as tf

from dojo import expect
from katas.q03.scale_layer import Gain

X = tf.constant([[1.0, 2.0, 3.0], [4.0, 5.0, 6.0]])


def test_every_feature_has_a_gain():
    """Every feature is multiplied by a gain of its own, 1 at first.

    A weight takes part in each call with the value that it has at that time.
    """
    layer = Gain()
    called = "Gain()([[1, 2, 3], [4, 5, 6]])"
    with expect.works(called):
        output = layer(X)
    expect.tensor(output, X, called=called)
    called = "the same, after layer.gain.assign([2.0, -1.0, 0.5])"
    with expect.works(called):
        layer.gain.assign([2.0, -1.0, 0.5])
        output = layer(X)
    expect.tensor(output, [[2.0, -2.0, 1.5], [8.0, -5.0, 3.0]], called=called)


def test_the_first_input_sets_the_width():
    """The layer fits inputs of any width and with any number of axes.

    How many features there are is known when the first input comes. Keras then calls `build` with
    its shape, once, and asks for weights that fit the last axis only.
    """
    for shape in [(2, 5), (4, 1), (2, 4, 3), (2, 3, 2, 6), (2, 1, 2, 2, 3)]:
        layer, features = Gain(), shape[-1]
        inputs = np.linspace(-1.0, 1.0, np.prod(shape), dtype="float32").reshape(shape)
        gains = np.arange(2.0, 2.0 + features, dtype="float32")
        called = f"Gain() on an input of shape {shape}, with the gains {gains.tolist()}"
        with expect.works(called):
            layer(inputs)
            layer.gain.assign(gains)
            output = layer(inputs)
        expect.tensor(output, inputs * gains, called=called)
    layer = Gain()
    for shape in (2, 4, 3), (3, 7, 3), (5, 3):
        called = f"one Gain() on inputs of shape {shape}, after others with 3 features"
        with expect.works(called):
            output = layer(np.ones(shape, "float32"))
        expect.tensor(output, np.ones(shape, "float32"), called=called)


def test_two_layers_share_nothing():
    """Every layer has gains and a count of its own.

    What stands in the class or in the module is there once, for all layers.
    """
    first, second = Gain(), Gain()
    with expect.works("two layers, called once each, the first one in training"):
        first(X, training=True)
        second(X)
        first.gain.assign([2.0, 2.0, 2.0])
    expect.value(second.gain, [1.0, 1.0, 1.0], called="the gains of a layer, others assigned to")
    expect.value(
        second.training_calls, 0, called="the training calls of a layer, another was trained"
    )
    expect.value(first.training_calls, 1, called="the training calls of the layer that was trained")


def test_keras_knows_both_weights():
    """Keras knows both: one weight to be trained, and one not.

    What Keras does not know, it does not train, save, load or count. A weight is to be trained
    unless it is said that it is not.
    """
    layer = Gain()
    with expect.works("Gain()([[1, 2, 3], [4, 5, 6]]), twice"):
        layer(X)
        layer(X)
    for weights, shapes, called in (
        (layer.trainable_weights, [(3,)], "shapes of layer.trainable_weights, 3 features"),
        (layer.non_trainable_weights, [()], "shapes of layer.non_trainable_weights"),
    ):
        expect.same([tuple(weight.shape) for weight in weights], shapes, called=called)
    with expect.works("Gain().build((None, 3)), without a call"):
        layer = Gain()
        layer.build((None, 3))
        shapes = [tuple(layer.gain.shape), tuple(layer.training_calls.shape)]
    called = "the shapes of gain and training_calls of a layer that was built, and not called"
    expect.same(shapes, [(3,), ()], called=called)


def test_only_training_counts():
    """Each call in training counts, and no other.

    fit calls with training=True, predict does not. Both compile: what Python does in call happens
    while tracing only.
    """
    layer = Gain()

    @tf.function
    def step(x):
        return layer(x, training=True)

    with expect.works("eager calls, and calls of a tf.function, in training and not"):
        layer(X)
        layer(X, training=False)
        layer(X, training=True)
        for _ in range(3):
            step(X)
    expect.value(
        layer.training_calls,
        4,
        called="training_calls after 1 eager call in training, 3 compiled ones, 2 not in training",
    )

    layer = Gain(trainable=False, name="frozen")
    called = "300 calls in training of Gain(name='frozen', trainable=False)"
    with expect.works(called):
        layer(X)
        before = int(layer.training_calls)
        trained = tf.function(lambda x: layer(x, training=True))
        for _ in range(300):
            trained(X)
        counted = int(layer.training_calls) - before
    expect.same(counted, 300, called=f"how many were counted of {called}")
    called = "name and trainable of Gain(name='frozen', trainable=False)"
    expect.same([layer.name, layer.trainable], ["frozen", False], called=called)

    layer = Gain()
    model = keras.Sequential([keras.Input([3]), layer, keras.layers.Dense(1)])
    model.compile("sgd", "mse", jit_compile=False)
    batches = tf.data.Dataset.from_tensor_slices((tf.ones([15, 3]), tf.ones([15, 1]))).batch(2)
    with expect.works("fit, then predict"):
        model.fit(batches, verbose=0)
        model.predict(batches, verbose=0)
    expect.value(
        layer.training_calls, 8, called="training_calls after fit with 8 batches, then predict"
    )


def test_the_policy_sets_the_dtypes():
    """The layer's dtype says how it computes and how it keeps its gains.

    With mixed precision Keras casts the input, and shows a weight in the compute dtype for the
    time of a call. A layer that casts by itself, or leaves its dtype unsaid to Keras, is the one
    that breaks the chain.
    """
    for policy, computed, kept in (
        ("mixed_float16", "float16", "float32"),
        ("float64", "float64", "float64"),
    ):
        called = f"Gain(dtype='{policy}')([[1, 2, 3], [4, 5, 6]])"
        with expect.works(called):
            layer = Gain(dtype=policy)
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
