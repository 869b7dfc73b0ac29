"""TensorFlow and TensorBoard run what the quick check asks about; your predictions are compared."""

import keras
import numpy as np
import tensorflow as tf
from tensorboard.backend.event_processing.event_accumulator import EventAccumulator

from dojo import expect
from katas.q02 import quick_check as answers
from lab.tensorboard import TensorBoard, read


def test_tags_by_name(tmp_path):
    """1. Histograms of all weights, tagged by name.

    Ask what Keras 3 calls the weights of a layer, and which layer is a part of that name.
    """
    model = keras.Sequential([keras.Input([3]), keras.layers.Dense(4), keras.layers.Dense(1)])
    writer = tf.summary.create_file_writer(str(tmp_path))
    with writer.as_default(step=1):
        for variable in model.trainable_variables:
            tf.summary.histogram(variable.name, variable)
    writer.flush()
    expect.prediction(answers.TAGS_BY_NAME, len(read(tmp_path)["."]), called="TAGS_BY_NAME")


def test_a_step_that_python_counts(tmp_path):
    """2. A step that is a number of Python, in a compiled function.

    Ask how often Python counts, and what the graph has of its number.
    """
    writer = tf.summary.create_file_writer(str(tmp_path))
    calls = 0

    @tf.function
    def train():
        nonlocal calls
        calls += 1
        with writer.as_default():
            tf.summary.scalar("loss", 0.5, step=calls)

    for _ in range(4):
        train()
    writer.flush()
    truth = read(tmp_path)["."]["loss"].steps
    expect.prediction(answers.STEPS_IN_A_GRAPH, truth, called="STEPS_IN_A_GRAPH")


def test_a_writer_around_a_compiled_step(tmp_path):
    """3. A writer that is entered after the function was traced.

    Ask when tf.summary.scalar looks for a writer.
    """
    writer = tf.summary.create_file_writer(str(tmp_path))

    @tf.function
    def train(step):
        tf.summary.scalar("loss", 0.5, step=step)

    train(tf.constant(0, tf.int64))
    with writer.as_default():
        for step in tf.range(4, dtype=tf.int64):
            train(step)
    writer.flush()
    tags = read(tmp_path)["."]
    truth = len(tags["loss"].steps) if "loss" in tags else 0
    called = "POINTS_OF_A_COMPILED_STEP"
    expect.prediction(answers.POINTS_OF_A_COMPILED_STEP, truth, called=called)


def test_a_trace_after_the_first_call(tmp_path):
    """4. The graph of a function, from a trace around its second call.

    Ask when the graph of a function is made, and what a call adds to it.
    """
    writer = tf.summary.create_file_writer(str(tmp_path))

    @tf.function
    def score(x):
        return tf.reduce_sum(tf.nn.softplus(x))

    x = tf.ones([2])
    score(x)
    tf.summary.trace_on(graph=True)
    score(x)
    with writer.as_default():
        tf.summary.trace_export("graph", step=0)
    writer.flush()
    kinds = {node.op for node in TensorBoard(tmp_path).nodes()}
    expect.prediction(answers.SHOWS_SOFTPLUS, "Softplus" in kinds, called="SHOWS_SOFTPLUS")


def test_two_hundred_points(tmp_path):
    """5. A reader as it comes.

    Ask what a reader is made for that has to show any run on one page.
    """
    writer = tf.summary.create_file_writer(str(tmp_path))
    with writer.as_default():
        for step in range(200):
            tf.summary.scalar("loss", 0.5, step=step)
    writer.flush()
    run = EventAccumulator(str(tmp_path))
    run.Reload()
    expect.prediction(answers.POINTS_READ, len(run.Tensors("loss")), called="POINTS_READ")


def test_clipping_a_tiny_gradient():
    """6. A gradient that has vanished, clipped to a norm of 1.

    Ask which gradients clipping is for.
    """
    tiny = tf.constant([3e-8, 4e-8])
    (clipped,), _ = tf.clip_by_global_norm([tiny], 1.0)
    before, after = float(tf.norm(tiny)), float(tf.norm(clipped))
    truth = (
        "smaller" if after < 0.99 * before else "larger" if after > 1.01 * before else "the same"
    )
    expect.prediction(
        answers.CLIPPED, truth, called="CLIPPED", among=("smaller", "larger", "the same")
    )


def test_sigmoids_with_another_initialization():
    """7. Twelve sigmoids, and the initialization that was made for ReLU.

    Ask what a gradient is multiplied with in each layer, and which of it the weights can change.
    """
    network = keras.Sequential([keras.Input([20])])
    for _ in range(12):
        network.add(keras.layers.Dense(32, activation="sigmoid", kernel_initializer="he_normal"))
    network.add(keras.layers.Dense(1))
    with tf.GradientTape() as tape:
        loss = tf.reduce_mean(tf.nn.softplus(network(np.ones([8, 20], "float32"))))
    kernels = [network.layers[0].kernel.value, network.layers[-1].kernel.value]
    first, last = map(tf.norm, tape.gradient(loss, kernels))
    truth = bool(first >= last / 100)
    called = "CURED_BY_INITIALIZATION"
    expect.prediction(answers.CURED_BY_INITIALIZATION, truth, called=called)
