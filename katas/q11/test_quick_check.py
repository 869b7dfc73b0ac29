"""Keras runs what the quick check asks about, and your predictions are compared."""

import keras
import numpy as np
import tensorflow as tf
from keras import Input, Sequential, layers

from dojo import expect
from katas.q11 import quick_check as answers


class Halve(keras.Model):
    def call(self, x):
        while tf.reduce_max(x) > 1.0:
            x = x / 2.0
        return x


def first_error(*steps):
    """The name of the first step that raises an exception, or None."""
    for name, step in steps:
        try:
            step()
        except Exception:
            return name
    return None


def test_a_sequential_before_and_after_its_first_batch():
    """1. The weights of a Sequential, before and after its first batch.

    A kernel has a row for each feature of the input.
    """
    model = Sequential([layers.Dense(4, activation="relu"), layers.Dense(2)])
    before = len(model.weights)
    model(np.zeros([5, 3]))
    expect.prediction(answers.WEIGHTS, [before, len(model.weights)], called="WEIGHTS")


def test_what_the_list_of_layers_has():
    """2. What `layers` lists, of a functional model and of a Sequential.

    Ask what is a layer, how often it is there, and whether the beginning is listed as well.
    """
    x, dense = Input([3]), layers.Dense(3)
    functional = keras.Model(x, dense(dense(x)) * 2.0)
    sequential = Sequential([Input([3]), layers.Dense(3), layers.Dense(3)])
    truth = [len(functional.layers), len(sequential.layers)]
    expect.prediction(answers.LAYERS, truth, called="LAYERS")


def test_a_layer_twice_in_a_sequential(tmp_path):
    """3. A Sequential that has one layer twice is saved and loaded.

    Ask what a Sequential looks at when a layer is added, and what a file has to hold.
    """
    dense, made = layers.Dense(3), {}
    error = first_error(
        ("error in Sequential", lambda: made.update(a=Sequential([Input([3]), dense, dense]))),
        ("error in save", lambda: made["a"].save(tmp_path / "a.keras")),
        (
            "error in load_model",
            lambda: made.update(b=keras.models.load_model(tmp_path / "a.keras")),
        ),
    )
    if error is None:
        x = np.ones([1, 3], "float32")
        error = "same outputs" if np.allclose(made["a"](x), made["b"](x)) else "other outputs"
    expect.prediction(
        answers.SHARED_IN_SEQUENTIAL,
        error,
        called="SHARED_IN_SEQUENTIAL",
        among=(
            "error in Sequential",
            "error in save",
            "error in load_model",
            "same outputs",
            "other outputs",
        ),
    )


def test_two_inputs_and_two_outputs_in_a_sequential():
    """4. A Sequential that takes two tensors and gives two.

    Ask what exactly has to be one, and what may stand in a line.
    """
    a, b, c = Input([3]), Input([2]), Input([4])
    join = keras.Model([a, b], layers.Concatenate()([a, b]))
    split = keras.Model(c, {"y": layers.Dense(1)(c), "z": layers.Dense(2)(c)})
    x, y = [np.ones([2, 3]), np.ones([2, 2])], {"y": np.ones([2, 1]), "z": np.ones([2, 2])}
    made = {}
    truth = first_error(
        (
            "error in Sequential",
            lambda: made.update(model=Sequential([join, layers.Dense(4), split])),
        ),
        (
            "error in compile",
            lambda: made["model"].compile("sgd", loss={"y": "mse", "z": "mse"}, run_eagerly=True),
        ),
        ("error in fit", lambda: made["model"].fit(x, y, verbose=0)),
    )
    expect.prediction(
        answers.TWO_IN_TWO_OUT,
        truth or "it trains",
        called="TWO_IN_TWO_OUT",
        among=("error in Sequential", "error in compile", "error in fit", "it trains"),
    )


def test_what_works_on_an_input():
    """5. What can be done with what Input returns.

    It stands for a tensor that will come, and remembers how it was computed.
    """
    x = Input([3])
    truth = [
        first_error(("line", line)) is None
        for line in (
            lambda: keras.ops.relu(x),
            lambda: tf.nn.relu(x),
            lambda: x * 2.0,
            lambda: x if x[0, 0] > 0 else -x,
        )
    ]
    expect.prediction(answers.WORKS, truth, called="WORKS")


def test_a_python_loop_in_call():
    """6. A Python loop over a tensor, in the call of a subclass.

    Ask when there is a value to look at, and who would turn the loop into one of the graph.
    """
    x = tf.constant([[8.0]])
    truth = [
        first_error(("line", line)) is None
        for line in (
            lambda: Halve()(x),
            lambda: Halve().predict(x, verbose=0),
            lambda: tf.function(Halve())(x),
        )
    ]
    expect.prediction(answers.PYTHON_LOOP, truth, called="PYTHON_LOOP")


def test_the_outputs_of_an_inner_layer():
    """7. A model that gives what an inner layer of a Sequential gives.

    Such a model is a part of a graph. Ask when a Sequential has one, and what has been called.
    """
    model = Sequential([layers.Dense(4), layers.Dense(2)])
    first = model.layers[0]

    def works(inputs):
        return first_error(("line", lambda: keras.Model(inputs(), first.output))) is None

    truth = [works(lambda: model.inputs)]
    model(np.zeros([5, 3]))
    truth += [works(lambda: model.inputs), works(lambda: model.input)]
    expect.prediction(answers.INNER_OUTPUTS, truth, called="INNER_OUTPUTS")
