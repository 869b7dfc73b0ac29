"""TensorFlow runs what the quick check asks about, and your predictions are compared."""

import keras
import numpy as np
import tensorflow as tf

from dojo import expect
from katas.q09 import quick_check as answers

X = tf.constant([1.0, 2.0, 3.0])


class Total(keras.layers.Layer):
    def __init__(self):
        super().__init__()
        self.total = tf.constant(0.0)

    def call(self, inputs):
        self.total = self.total + tf.reduce_sum(inputs)
        return inputs


class Raw(keras.layers.Layer):
    def __init__(self):
        super().__init__()
        self.total = tf.Variable(0.0)

    def call(self, inputs):
        self.total.assign_add(tf.reduce_sum(inputs))
        return inputs * self.total


class ListMomentum(keras.optimizers.Optimizer):
    def build(self, variables):
        super().build(variables)
        self.velocities = [tf.zeros(v.shape) for v in variables]

    def update_step(self, gradient, variable, learning_rate):
        i = self._get_variable_index(variable)
        self.velocities[i] = 0.5 * self.velocities[i] + gradient
        variable.assign_sub(learning_rate * self.velocities[i])


def test_a_tensor_as_state_in_eager_calls():
    """1. A layer that binds its attribute to a new tensor, called twice.

    Outside a graph, Python runs in every call, assignments to attributes included.
    """
    layer = Total()
    layer(X)
    layer(X)
    expect.prediction(answers.EAGER_TOTAL, float(layer.total), called="EAGER_TOTAL")


def test_a_tensor_as_state_in_a_compiled_function():
    """2. The same layer, called through a tf.function.

    Ask what Python does while the function is traced, and what it does in the second call.
    """
    layer = Total()
    compiled = tf.function(layer)
    try:
        compiled(X)
        compiled(X)
        if tf.is_symbolic_tensor(layer.total):
            truth = "symbolic tensor"
        else:
            truth = {0.0: "zero", 6.0: "six", 12.0: "twelve"}[float(layer.total)]
    except Exception:
        truth = "error"
    expect.prediction(
        answers.COMPILED_TOTAL,
        truth,
        called="COMPILED_TOTAL",
        among=("zero", "six", "twelve", "symbolic tensor", "error"),
    )


def test_a_raw_variable_in_a_keras_layer():
    """3. What Keras and the tape know of a tf.Variable in a layer.

    Keras and TensorFlow each have a kind of variable of their own, and look for that.
    """
    layer = Raw()
    with tf.GradientTape() as tape:
        layer(X)
    truth = [len(layer.weights), len(tape.watched_variables())]
    expect.prediction(answers.RAW_VARIABLE, truth, called="RAW_VARIABLE")


def test_what_the_tape_watches():
    """4. What a tape gives a gradient for, if it is told nothing.

    The tape records an op if something flows into it that the tape already watches.
    """
    a, b, c = tf.constant(2.0), tf.Variable(2.0), tf.Variable(2.0, trainable=False)
    with tf.GradientTape() as tape:
        d = 3.0 * b
        y = a * c * d
    truth = [gradient is not None for gradient in tape.gradient(y, [a, b, c, d])]
    expect.prediction(answers.HAS_GRADIENT, truth, called="HAS_GRADIENT")


def test_plus_equals():
    """5. `+=` on two kinds of variable.

    Python turns `v += 1.0` into a method call and binds the name to whatever comes back.
    """
    truth = []
    for variable in (tf.Variable(1.0), keras.Variable(1.0)):
        try:
            variable += 1.0
        except Exception:
            truth.append("error")
        else:
            kept = isinstance(variable, (tf.Variable, keras.Variable))
            truth.append("variable" if kept else "tensor")
    expect.prediction(
        answers.PLUS_EQUALS, truth, called="PLUS_EQUALS", among=("variable", "tensor", "error")
    )


def test_an_optimizer_with_tensors_in_a_list():
    """6. Where three steps of fit lead.

    fit compiles the training step. Ask how often the line with the list is run.
    """
    layer = keras.layers.Dense(1, use_bias=False, kernel_initializer="ones")
    model = keras.Sequential([keras.Input([1]), layer])
    model.compile(ListMomentum(0.1), lambda y, output: output, jit_compile=False)
    model.fit(np.ones([3, 1]), np.ones([3, 1]), batch_size=1, verbose=0)
    truth = float(model.get_weights()[0][0, 0])
    expect.prediction(answers.FITTED_WEIGHT, truth, called="FITTED_WEIGHT")
