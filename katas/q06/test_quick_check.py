"""Compares the predictions with what TensorFlow does when the snippets run."""

import keras
import numpy as np
import tensorflow as tf

from dojo import expect
from katas.q06.quick_check import (
    A_B_AND_C,
    FIRST_AND_SECOND,
    NUMPY_IN_A_FUNCTION,
    PRINTS_FOR_A_BRANCH,
    PRINTS_FOR_TENSORS_NUMPY_AND_FLOATS,
    PYTHON_RUNS_IN_FIT,
    TRACES_FOR_BATCH_SIZES,
)


def test_what_a_trace_is_made_for():
    """1. What a trace is made for.

    For some arguments the value is part of what a trace is made for, for others dtype and shape.
    """

    def prints(arguments):
        printed = []

        @tf.function
        def double(x):
            printed.append("here")
            return 2 * x

        for x in arguments:
            double(x)
        return len(printed)

    numbers = (1.0, 2.0, 3.0)
    truth = [prints(map(kind, numbers)) for kind in (tf.constant, np.float32, float)]
    expect.prediction(
        PRINTS_FOR_TENSORS_NUMPY_AND_FLOATS,
        truth,
        called="the prints for three tensors, NumPy scalars, Python floats: three numbers",
    )


def test_a_branch_on_a_tensor():
    """2. A branch on a tensor.

    While the function is traced, the tensor has no value yet.
    """
    printed = []

    @tf.function
    def direction(x):
        printed.append("here")
        if tf.reduce_sum(x) > 0:
            return 1
        return -1

    for numbers in ([1.0, 2.0], [-1.0, -2.0], [3.0, 4.0]):
        direction(tf.constant(numbers))
    expect.prediction(
        PRINTS_FOR_A_BRANCH,
        len(printed),
        called="the prints of direction(x) in three calls: a number",
    )


def test_a_number_from_outside():
    """3. A Python number from outside.

    Which calls look it up? Those in which Python runs.
    """
    scale = 2.0

    @tf.function
    def scaled(x):
        return tf.reduce_sum(scale * x)

    a = scaled(tf.constant([1.0]))
    scale = 10.0
    b = scaled(tf.constant([1.0]))
    c = scaled(tf.constant([0.5, 0.5]))
    expect.prediction(A_B_AND_C, [float(a), float(b), float(c)], called="[a, b, c], three numbers")


def test_batch_sizes():
    """4. Batch sizes.

    A graph is made for shapes, and a shape may leave a dimension open.
    """

    def traces(**options):
        traced = []

        @tf.function(**options)
        def mean_of_squares(batch):
            traced.append(batch.shape)
            return tf.reduce_mean(batch**2)

        for size in (64, 64, 37, 12, 50):
            mean_of_squares(tf.zeros([size, 4]))
        return len(traced)

    signature = [tf.TensorSpec([None, 4])]
    truth = [traces(), traces(reduce_retracing=True), traces(input_signature=signature)]
    called = "the traces with tf.function, reduce_retracing, input_signature: three numbers"
    expect.prediction(TRACES_FOR_BATCH_SIZES, truth, called=called)


def test_a_variable_from_outside():
    """5. A variable from outside.

    The function mentions the name. What does its graph hold?
    """
    first, second = tf.Variable(0.0), tf.Variable(0.0)
    weight = first

    @tf.function
    def train():
        weight.assign_add(1.0)

    train()
    weight = second
    train()
    expect.prediction(
        FIRST_AND_SECOND,
        [float(first), float(second)],
        called="the values of [first, second], two numbers",
    )


def test_what_fit_does():
    """6. What `fit` does.

    `compile` decides whether the layers are run by Python in every step, or recorded by it.
    """
    batches = tf.data.Dataset.from_tensors((tf.zeros([4, 2]), tf.zeros([4, 1]))).repeat(2)

    def python_runs(**options):
        runs = []

        class Spy(keras.layers.Layer):
            def call(self, x):
                runs.append(x.shape)
                return x

        model = keras.Sequential([keras.Input((2,)), Spy(), keras.layers.Dense(1)])
        model.compile(optimizer="sgd", loss="mse", **options)
        runs.clear()  # building the model has run it
        model.fit(batches, epochs=2, shuffle=False, verbose=0)
        return len(runs)

    truth = [python_runs(), python_runs(run_eagerly=True)]
    called = "the Python runs in 4 steps of fit, by default and run_eagerly=True: two numbers"
    expect.prediction(PYTHON_RUNS_IN_FIT, truth, called=called)


def test_numpy_in_a_function():
    """7. `.numpy()` in a compiled function.

    While the function is traced, a tensor stands for one of many to come.
    """

    @tf.function
    def next_number(x):
        return x.numpy() + 1

    try:
        next_number(tf.constant(41))
        truth = "a tensor"
    except Exception as error:
        truth = type(error).__name__
    expect.prediction(
        NUMPY_IN_A_FUNCTION, truth, called="what next_number(tf.constant(41)) gives: a string"
    )
