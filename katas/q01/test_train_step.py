from contextlib import contextmanager

import keras
import numpy as np
import pytest
import tensorflow as tf

from dojo import expect
from katas.q01.train_step import make_train_step

# The sums of a compiled and of an eager step may be added up in different orders.
CLOSE = 1e-4


class Spy(keras.layers.Layer):
    """Hands its input on and counts how often Python comes by."""

    runs = 0

    def call(self, inputs):
        self.runs += 1
        return inputs


def small_model(seed=1, hidden=(), penalty=None):
    keras.utils.set_random_seed(seed)
    last = keras.layers.Dense(2, kernel_regularizer=penalty)
    return keras.Sequential([keras.Input([3]), *hidden, last])


def batches(count, rows=6):
    random = np.random.default_rng(rows)
    return [
        tuple(tf.constant(random.normal(size=[rows, n]), tf.float32) for n in (3, 2))
        for _ in range(count)
    ]


def sgd():
    """Two optimizers of the same kind."""
    return [keras.optimizers.SGD(0.1) for _ in range(2)]


def mean_square(y, output):
    return tf.reduce_mean(tf.square(y - output))


def too_little_costs_more(y, output):
    """A loss that tells its two arguments apart."""
    return tf.reduce_mean(tf.maximum(3.0 * (y - output), output - y))


def eager_step(model, optimizer, x, y, loss_fn=mean_square):
    """The same step in eager mode."""
    with tf.GradientTape() as tape:
        loss = loss_fn(y, model(x, training=True)) + sum(model.losses)
    weights = model.trainable_variables
    optimizer.apply(tape.gradient(loss, weights), weights)
    return loss


@contextmanager
def working(called):
    """A call of the learner's. The two exceptions that misconceptions lead to are explained."""
    gone = (
        "A compiled method has its object by a weak reference only. If nobody else keeps the "
        "object, `self` is None."
    )
    once = "A tf.function makes variables in its first call only. Here, a second optimizer does."
    with (
        expect.works(called),
        expect.works(called, ValueError, idea=once, when="singleton|non-first"),
        expect.works(called, AttributeError, idea=gone, when="'NoneType' object"),
    ):
        yield


def check_training(model, optimizer, twin, data, what, loss_fn=mean_square):
    """Train `model`, and in eager mode a copy of it with the optimizer `twin`; compare."""
    copy = keras.models.clone_model(model)
    copy.set_weights(model.get_weights())
    called = f"{len(data)} steps with {what}"
    with working(called):
        step = make_train_step(model, loss_fn, optimizer)
    for number, (x, y) in enumerate(data, 1):
        with working(called):
            seen = step(x, y)
        expected = eager_step(copy, twin, x, y, loss_fn)
        loss = f"the loss that step {number} returned, of {called}"
        expect.value(seen, expected, tolerance=CLOSE, called=loss)
    check_weights(model, copy, f"after {called}")


def check_weights(model, copy, when):
    for seen, expected in zip(model.weights, copy.weights, strict=True):
        expect.value(seen, expected, tolerance=CLOSE, called=f"{seen.path} {when}")


def test_steps_are_those_of_eager_mode():
    """The losses and weights are those of the same steps in eager mode.

    What eager mode does is the measure of what a graph should do. The loss is that of the batch
    before the update. The model learns, so it is in training mode. BatchNormalization then uses
    the statistics of the batch, and updates its averages.
    """
    hidden = [
        keras.layers.Dense(3, trainable=False, name="frozen"),
        keras.layers.BatchNormalization(momentum=0.5),
    ]
    what = "SGD and a model with BatchNormalization and a frozen layer"
    check_training(small_model(hidden=hidden), *sgd(), batches(2), what, too_little_costs_more)


@pytest.mark.beyond
def test_layers_are_connected_as_the_model_says():
    """A model of two branches is trained as well.

    How the layers are connected is the model's business. Its call knows.
    """
    keras.utils.set_random_seed(1)
    x = keras.Input([3])
    hidden = keras.layers.Dense(3)(x)
    model = keras.Model(x, keras.layers.Dense(2)(keras.layers.add([x, hidden])))
    check_training(model, *sgd(), batches(2), "SGD and a model of two branches")


def test_penalties_of_the_layers_count():
    """The loss includes what the layers ask for.

    A layer with a regularizer puts its penalty into model.losses, as TF1 put it into a
    collection. It has an effect only if it is in the loss before the gradients are taken.
    """
    hidden = [keras.layers.Dense(4, bias_regularizer="l2", kernel_regularizer="l1")]
    model = small_model(hidden=hidden, penalty=keras.regularizers.L2(0.3))
    for layer in model.layers:
        layer.bias.assign(tf.fill(layer.bias.shape, 0.5))
    check_training(model, *sgd(), batches(2), "SGD and two Dense layers with penalties")


@pytest.mark.beyond
def test_penalties_on_outputs_count():
    """A penalty on the output of a layer is in the loss, too.

    It is another one for every batch, and there is none before the model has run.
    """
    penalty = keras.regularizers.L2(0.1)
    model = small_model(hidden=[keras.layers.Dense(4, activity_regularizer=penalty)])
    check_training(model, *sgd(), batches(2), "SGD and a Dense layer with a penalty on its output")


def test_the_optimizer_does_the_update():
    """Each optimizer takes its own kind of step, and counts it.

    Adam keeps two averages for each weight, and a number of steps, from one step to the next.
    All that is the optimizer's state, in variables that the graph writes.
    """
    model, optimizer, twin = small_model(), *(keras.optimizers.Adam(0.05) for _ in range(2))
    optimizer.build(model.trainable_variables)
    check_training(model, optimizer, twin, batches(3), "Adam")
    expect.value(optimizer.iterations, 3, called="optimizer.iterations after 3 steps of Adam")


@pytest.mark.beyond
def test_clipping_and_decay_are_in_the_update():
    """An optimizer clips gradients and lets weights decay, if it was asked to.

    Both happen around the rule, in the optimizer's own step.
    """
    model = small_model()
    optimizer, twin = (
        keras.optimizers.Adam(0.05, clipnorm=0.1, weight_decay=0.1) for _ in range(2)
    )
    optimizer.build(model.trainable_variables)
    what = "Adam, with clipped gradients and weights that decay"
    check_training(model, optimizer, twin, batches(3), what)


def test_the_last_batch_may_be_smaller():
    """Batches of different sizes train as well.

    A dataset is seldom a multiple of the batch size. A graph either leaves the number of rows
    open, or there is another graph for another number.
    """
    data = batches(1) + batches(1, rows=1) + batches(1, rows=9)
    what = "SGD, on batches of 6, 1 and 9 rows"
    check_training(small_model(), *sgd(), data, what)


def test_python_runs_only_while_tracing():
    """Batches of a kind that was seen before run no Python code.

    The speed of a graph comes from this: Python is asked once what to do, and the answer is kept.
    A trace belongs to the function object that made it; a new object starts from nothing.
    """
    model = small_model(hidden=[spy := Spy()])
    data = batches(2) + batches(1, rows=4)
    loss_runs = 0

    def loss_fn(y, output):
        nonlocal loss_runs
        loss_runs += 1
        return mean_square(y, output)

    with working("make_train_step, then 3 steps with batches of 6, 6 and 4 rows"):
        step = make_train_step(model, loss_fn, keras.optimizers.SGD(0.1))
        for x, y in data * 2:
            step(x, y)
    before = spy.runs + loss_runs
    for x, y in data * 2:
        step(x, y)
    expect.same(
        spy.runs + loss_runs - before,
        0,
        called="how often Python ran the model or the loss in 6 more steps, with batches of the "
        "same shapes",
    )


def test_each_step_has_a_model_of_its_own():
    """Two steps, used side by side, train two models by two optimizers.

    A graph holds the variables that it was traced with. Which these are is decided when the
    Python code runs, and by the names that it finds at that moment.
    """
    models = [small_model(seed) for seed in (1, 2)]
    copies = [small_model(seed) for seed in (1, 2)]
    optimizers, twins = ([keras.optimizers.Adam(rate) for rate in (0.1, 0.2)] for _ in range(2))
    with working("make_train_step for two models, one after the other"):
        steps = [
            make_train_step(model, mean_square, optimizer)
            for model, optimizer in zip(models, optimizers, strict=True)
        ]
    for x, y in batches(3):
        for step, copy, twin in zip(steps, copies, twins, strict=True):
            eager_step(copy, twin, x, y)
            with working("steps for two models in turn, each with an Adam of its own"):
                step(x, y)
    for name, model, copy in zip(("first", "second"), models, copies, strict=True):
        check_weights(model, copy, f"of the {name} model after 3 steps for each")
