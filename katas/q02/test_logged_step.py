import functools
import tempfile

import keras
import numpy as np
import pytest
import tensorflow as tf

from dojo import expect
from katas.q02.logged_step import make_logged_step
from lab.tensorboard import read

TEXTS = tf.constant([[1, 2, 2, 5], [0, 7, 3, 5], [4, 2, 1, 1]])
LABELS = tf.constant([[1.0], [0.0], [1.0]])
RATE = 0.5
THREE = "step(x, y), 3 times"

# A histogram takes a while to trace, and much longer on a busy machine.
pytestmark = pytest.mark.timeout(60)


def scorer():
    """Scores texts of four words. The words 6 and 8 are not in the batch."""
    return keras.Sequential(
        [
            keras.Input([4], dtype="int32"),
            keras.layers.Embedding(9, 3),
            keras.layers.Flatten(),
            keras.layers.BatchNormalization(center=False, scale=False),
            keras.layers.Dense(1, use_bias=False),
        ]
    )


def loss_of(labels, logits):
    return tf.reduce_mean(tf.nn.sigmoid_cross_entropy_with_logits(labels, logits))


def small():
    return keras.Sequential([keras.Input([2]), keras.layers.Dense(1, use_bias=False)])


def update(model):
    """One step of gradient descent by hand: the loss, the gradients and the new weights."""
    variables = model.trainable_variables
    with tf.GradientTape() as tape:
        loss = loss_of(LABELS, model(TEXTS, training=True))
    gradients = [tf.convert_to_tensor(each).numpy() for each in tape.gradient(loss, variables)]
    for variable, gradient in zip(variables, gradients, strict=True):
        variable.assign_sub(RATE * gradient)
    return loss, gradients, [variable.numpy() for variable in variables]


@functools.cache
def three_steps():
    """What three steps logged and returned, the model, and what was right; for several tests."""
    model = scorer()
    twin = keras.models.clone_model(model)
    twin.set_weights(model.get_weights())
    with tempfile.TemporaryDirectory() as folder:
        writer = tf.summary.create_file_writer(folder)
        with expect.works("make_logged_step(model, loss_fn, optimizer, writer)"):
            step = make_logged_step(model, loss_of, keras.optimizers.SGD(RATE), writer)
        with expect.works(THREE):
            losses = [step(TEXTS, LABELS) for _ in range(3)]
        writer.close()
        return read(folder)["."], losses, model, [update(twin) for _ in range(3)]


def tag_of(tags, name, dashboard):
    """The tag of that name, meant for that dashboard."""
    kind = {"scalars": "a scalar", "histograms": "a histogram"}[dashboard]
    called = f"{THREE}: the tag {name}"
    found = f"no such tag; there are {', '.join(tags) or 'none'}"
    expect.that(name in tags, called=called, expected=f"{kind} for each step", seen=found)
    expect.same(tags[name].dashboard, dashboard, called=f"the dashboard for {name}")
    expect.same(tags[name].steps, [1, 2, 3], called=f"{THREE}: the steps of {name}")
    return tags[name]


def test_the_step_trains():
    """Each call is one update, and returns the loss from before it.

    A step that is logged has to do what it did before: `training=True`, and one update.
    """
    _, losses, model, right = three_steps()
    for call, (loss, (truth, _, _)) in enumerate(zip(losses, right, strict=True), 1):
        expect.value(loss, truth, called=f"what call {call} of step(x, y) returns", tolerance=1e-4)
    for variable, truth in zip(model.trainable_variables, right[-1][2], strict=True):
        called = f"{THREE}: the values of {variable.path}"
        expect.value(variable, truth, called=called, tolerance=1e-4)


def test_the_loss_is_a_curve():
    """Under the tag `loss` there is the loss of each update, at steps 1, 2 and 3.

    In a compiled function, a step that is a number of Python is the same in every call. And where
    no writer has been entered, a summary is written nowhere, without a word.
    """
    tags, _, _, right = three_steps()
    tag = tag_of(tags, "loss", "scalars")
    for step, value, (truth, _, _) in zip(tag.steps, tag.values, right, strict=True):
        expect.value(value, truth, called=f"the tag loss at step {step}", tolerance=1e-4)


def same_histograms(kind, right):
    """Under `kind` there is a histogram for each variable and step, of these values."""
    tags, _, model, _ = three_steps()
    for number, variable in enumerate(model.trainable_variables):
        name = f"{kind}/{variable.path}"
        tag = tag_of(tags, name, "histograms")
        for step, histogram, arrays in zip(tag.steps, tag.values, right, strict=True):
            called, truth = f"{name} at step {step}", arrays[number]
            count = round(float(histogram[:, 2].sum()))
            expect.same(count, truth.size, called=f"how many values there are in {called}")
            ends, right_ends = [histogram[0, 0], histogram[-1, 1]], [truth.min(), truth.max()]
            called = f"the smallest and the largest value in {called}"
            expect.value(np.array(ends), np.array(right_ends), called=called, tolerance=1e-4)


def test_weights_are_histograms():
    """Each variable has a histogram of its own under `weight/`, of its values after the update.

    In Keras 3, every Dense layer calls its weights `kernel` and `bias`. Where two variables share
    a tag, TensorBoard shows them as one.
    """
    same_histograms("weight", [weights for _, _, weights in three_steps()[3]])


def test_gradients_are_histograms():
    """Each variable has a histogram under `grad/`, of all values of its gradient.

    The gradient of an embedding comes as the rows that were used. It is as large as the table
    nevertheless, and what it has of one word is added up.
    """
    same_histograms("grad", [gradients for _, gradients, _ in three_steps()[3]])


class Gate(keras.layers.Layer):
    """Has a weight that it does not use."""

    def build(self, shape):
        self.gate = self.add_weight(shape=[2], initializer="ones", name="gate")

    def call(self, x):
        return x


def one_call(model, optimizer, folder, called="step(x, y)"):
    """The tags after one call, with two rows."""
    writer = tf.summary.create_file_writer(str(folder))
    with expect.works(called):
        step = make_logged_step(model, loss_of, optimizer, writer)
        step(tf.constant([[1.0, 2.0], [0.5, -1.0]]), LABELS[:2])
    writer.flush()
    return read(folder)["."]


def test_a_variable_without_a_gradient(tmp_path):
    """A weight that the loss does not depend on has a histogram, and its gradient has none.

    It is None, and not zero: the variable is not connected, rather than dead.
    """
    model = keras.Sequential([keras.Input([2]), Gate(), keras.layers.Dense(1, use_bias=False)])
    gate = model.layers[0].gate.path
    called = f"step(x, y), with a weight {gate} that the model does not use"
    # Weight decay would move a weight whose gradient is 0.
    optimizer = keras.optimizers.SGD(RATE, weight_decay=0.1)
    tags = one_call(model, optimizer, tmp_path, called)
    paths = sorted(variable.path for variable in model.trainable_variables)
    for kind, right in ("weight", paths), ("grad", [path for path in paths if path != gate]):
        seen = sorted(tag.removeprefix(f"{kind}/") for tag in tags if tag.startswith(f"{kind}/"))
        expect.same(seen, right, called=f"{called}: what there is under {kind}/")
    expect.value(model.layers[0].gate, [1.0, 1.0], called=f"{called}: its values")


@functools.cache
def resumed():
    """The tags after one call for a model whose optimizer was saved at step 500."""
    optimizer = keras.optimizers.SGD(RATE)
    optimizer.iterations.assign(500)
    model, called = small(), "step(x, y) once, with optimizer.iterations at 500"
    with tempfile.TemporaryDirectory() as folder:
        return model, called, one_call(model, optimizer, folder, called)


def test_the_optimizer_counts_the_steps():
    """After 500 steps of another day, the first point is at step 501.

    Training that is resumed goes on with its curves, if its steps come from what is saved with it.
    """
    model, called, tags = resumed()
    (path,) = (variable.path for variable in model.trainable_variables)
    for name in "loss", f"weight/{path}", f"grad/{path}":
        steps = tags[name].steps if name in tags else "no such tag"
        expect.same(steps, [501], called=f"{called}: the steps of {name}")


def test_each_model_has_a_step_of_its_own(tmp_path):
    """Two models are trained in one process, each with its optimizer and its writer.

    An optimizer makes its variables when it is first used, and a compiled function may make
    variables only while it is traced for the first time. What is logged by the step of one model
    is nothing that the step of another one, or the rest of the program, should write to.
    """
    resumed()
    called = "make_logged_step and step(x, y) for the second of two models"
    tags = one_call(small(), keras.optimizers.Adam(RATE), tmp_path, called)
    seen = tags["loss"].steps if "loss" in tags else f"there are {', '.join(tags) or 'none'}"
    expect.same(seen, [1], called=f"{called}: the steps of the tag loss")
    taken = bool(tf.summary.scalar("loss", 1.0, step=99))
    expect.same(taken, False, called="whether a tf.summary.scalar afterwards finds a writer")
    step = tf.summary.experimental.get_step()
    called = "tf.summary.experimental.get_step() afterwards"
    expect.that(step is None, called=called, expected="None", seen=str(step))
