import functools
import itertools
import tempfile
from dataclasses import dataclass

import keras
import numpy as np
import pytest
import tensorflow as tf

from dojo import expect
from katas.q02.logged_step import make_logged_step
from lab.tensorboard import defaults_left, read

ROWS = tf.constant([[1.0, 2.0], [0.5, -1.0], [-2.0, 0.5], [0.0, 1.5]])
LABELS = tf.constant([[1.0], [0.0], [1.0], [0.0]])
RATE = 0.05
MAKE, STEP = "make_logged_step(model, loss_fn, optimizer, writer)", "step(x, y)"
THREE = f"{STEP}, 3 times"
TAGS = f"{THREE}: the tags"
NO_NUMBERS = {
    "idea": "A graph has no numbers while it is traced. A step may be a tensor or a variable.",
    "when": "attribute 'numpy'|__int__|__index__",
}
SILENT = (
    "tf.summary writes to the default writer. A compiled function looks for it while it is "
    "traced. If there is none, it writes nothing, and says nothing."
)
NAMES = (
    "In Keras 3, every Dense layer calls its weight `kernel`. A `path` has the layer in it, too."
)
LATER = "A point is at the step that the optimizer has reached with its update."

# A histogram takes a while to trace, and much longer on a busy machine.
pytestmark = pytest.mark.timeout(60)


def network():
    """Two layers call their weights kernel, and one acts differently in training."""
    return keras.Sequential(
        [
            keras.Input([2]),
            keras.layers.Dense(3, "tanh"),
            keras.layers.BatchNormalization(center=False, scale=False),
            keras.layers.Dense(1, use_bias=False),
        ]
    )


def small():
    return keras.Sequential([keras.Input([2]), keras.layers.Dense(1, use_bias=False)])


def loss_of(labels, logits):
    """Ten times as large as usual, so that clipped gradients are other gradients."""
    return 10.0 * tf.reduce_mean(tf.nn.sigmoid_cross_entropy_with_logits(labels, logits))


def losses_by_hand(model):
    """The losses of three steps of gradient descent by hand."""
    variables = model.trainable_variables
    for _ in range(3):
        with tf.GradientTape() as tape:
            loss = loss_of(LABELS, model(ROWS, training=True))
        for variable, gradient in zip(variables, tape.gradient(loss, variables), strict=True):
            variable.assign_sub(RATE * gradient)
        yield float(loss)


@dataclass(frozen=True)
class Training:
    """What three calls of step(x, y) did.

    `weights` are, by path, the values before the first call and after each. `right` are the losses
    of the same steps by hand.
    """

    tags: dict
    losses: list
    weights: dict
    right: list


@functools.cache
def trained():
    """Three calls, for several tests."""
    model = network()
    twin = keras.models.clone_model(model)
    twin.set_weights(model.get_weights())
    paths = [variable.path for variable in model.trainable_variables]
    weights = [values(model)]
    with tempfile.TemporaryDirectory() as folder:
        writer = tf.summary.create_file_writer(folder)
        with expect.works(MAKE):
            step = make_logged_step(model, loss_of, keras.optimizers.SGD(RATE), writer)
        losses = []
        for _ in range(3):
            with expect.works(THREE, **NO_NUMBERS):
                losses.append(step(ROWS, LABELS))
            weights.append(values(model))
        with expect.works(f"writer.close() after {THREE}"):
            writer.close()
        tags = read(folder).get(".", {})
    by_path = dict(zip(paths, zip(*weights, strict=True), strict=True))
    return Training(tags, losses, by_path, list(losses_by_hand(twin)))


def values(model):
    return [variable.numpy() for variable in model.trainable_variables]


def wanted():
    """The tags that there have to be."""
    kinds = [[f"{kind}/{path}" for path in trained().weights] for kind in ("grad", "weight")]
    return ["loss", *kinds[0], *kinds[1]]


def has_tag(name):
    tags = trained().tags
    expect.that(
        name in tags,
        called=TAGS,
        expected=", ".join(wanted()),
        seen=", ".join(tags) or "none",
        idea=missing(tags),
    )


def missing(tags):
    """What explains that a tag is missing, if it can be seen."""
    if not tags:
        return SILENT
    by_name = [tag for tag in tags if tag.startswith(("grad/", "weight/")) and tag.count("/") == 1]
    return NAMES if by_name else ""


def tag_of(name, dashboard):
    """The tag of that name after three calls, with three points for that tab."""
    has_tag(name)
    tag, kinds = trained().tags[name], "Each kind of summary has a tab of its own."
    expect.same(tag.dashboard, dashboard, called=f"the tab for the tag {name}", idea=kinds)
    count = f"{THREE}: the number of points of {name}"
    expect.same(len(tag.steps), 3, called=count, idea="Each call writes one point under each tag.")
    return tag


def test_the_step_trains():
    """Each call is one update, and returns the loss from before it.

    A step that is logged has to do what it did before: `training=True`, and one update.
    """
    run = trained()
    for call, (loss, right) in enumerate(zip(run.losses, run.right, strict=True), 1):
        called = f"the loss that call {call} of {STEP} returns"
        expect.value(loss, right, dtype="float32", called=called, tolerance=1e-4)


def test_the_loss_is_a_curve():
    """The tag `loss` has the loss of each update.

    A curve is for comparing steps, so each point is of one step.
    """
    run, tag = trained(), tag_of("loss", "scalars")
    for call, (value, loss, right) in enumerate(
        zip(tag.values, run.losses, run.right, strict=True), 1
    ):
        if not same_number(value, loss):  # another test tells of that one
            called = f"{THREE}: the value of the tag loss in call {call}"
            expect.value(value, right, called=called, tolerance=1e-4)


def same_number(value, loss):
    """Whether what step(x, y) returned is a number, and this one."""
    try:
        return bool(np.isclose(float(value), float(loss), rtol=1e-4))
    except (TypeError, ValueError):
        return False


def test_each_call_is_a_step():
    """All points are at the steps 1, 2 and 3, the updates that the optimizer has made.

    In a compiled function, a number that Python counts is a constant. The optimizer counts its
    updates in a variable.
    """
    tags = trained().tags
    has_tag("loss")
    for name in wanted():
        if name in tags:  # another test tells which are not
            steps = tags[name].steps
            frozen = len(steps) > 1 and len(set(steps)) == 1
            why = None if frozen else LATER if steps == [0, 1, 2] else ""
            expect.same(steps, [1, 2, 3], called=f"{THREE}: the steps of {name}", idea=why)


def same_histogram(name, tag, truths, idea=""):
    """Three histograms: as many values as in each of `truths`, with the same smallest and largest.

    The tolerance is that of a difference of two float32.
    """
    for call, (histogram, truth) in enumerate(zip(tag.values, truths, strict=True), 1):
        called = f"the values of {name} after call {call}: how many, the smallest, the largest"
        seen = [round(histogram[:, 2].sum()), histogram[0, 0], histogram[-1, 1]]
        right = [truth.size, truth.min(), truth.max()]
        why = idea if seen[0] != right[0] else ""
        expect.value(np.array(seen), np.array(right), called=called, tolerance=1e-4, idea=why)


def test_weights_are_histograms():
    """Each variable has a histogram of its own under `weight/`, of its values after the update.

    A weight is worth looking at together with the step that made it what it is.
    """
    for path, weights in trained().weights.items():
        name = f"weight/{path}"
        same_histogram(name, tag_of(name, "histograms"), weights[1:])
    kinds = ("weight/", "grad/")
    others = [tag for tag in trained().tags if tag.startswith(kinds) and tag not in wanted()]
    moving = all("/moving_" in tag for tag in others)
    expect.same(
        others,
        [],
        called=f"{THREE}: other tags that begin with weight/ or grad/",
        idea="The moving averages of BatchNormalization are not trainable." if moving else "",
    )


def test_gradients_are_histograms():
    """Each variable has a histogram under `grad/`, of all values of its gradient.

    A norm or a largest value is one number. How the values are spread is what tells a layer that is
    dead from one that learns.
    """
    for path, weights in trained().weights.items():
        name = f"grad/{path}"
        gradients = [(old - new) / RATE for old, new in itertools.pairwise(weights)]
        same_histogram(name, tag_of(name, "histograms"), gradients, idea=None)


def one_call(model, optimizer, folder, x=ROWS, called=STEP, done=0, **foreseen):
    """The tags after one call, and the writer. `done` are the updates of another day."""
    writer = tf.summary.create_file_writer(str(folder))
    with expect.works(called, **(foreseen or NO_NUMBERS)):
        step = make_logged_step(model, loss_of, optimizer, writer)
        optimizer.iterations.assign(done)
        step(x, LABELS[: len(x)])
    return read_after_flush(writer, folder), writer


def read_after_flush(writer, folder):
    with expect.works("writer.flush() after step(x, y)"):
        writer.flush()
    return read(folder).get(".", {})


def test_the_writer_belongs_to_the_caller(tmp_path):
    """The writer stays open, and nobody else's summaries go to it.

    A default writer, and a default step, belong to the whole thread until somebody changes them.
    """
    _, writer = one_call(small(), keras.optimizers.SGD(RATE), tmp_path)
    expect.same(defaults_left(), [], called=f"the defaults of tf.summary after {STEP}")
    with expect.works("a tf.summary.scalar of the caller's own to the same writer, afterwards"):
        with writer.as_default():
            tf.summary.scalar("mine", 1.0, step=1)
        writer.close()
    there = "mine" in read(tmp_path).get(".", {})
    called = "whether TensorBoard finds a tag that the caller writes afterwards"
    expect.same(there, True, called=called)


@pytest.mark.beyond
def test_the_optimizer_counts_the_steps(tmp_path):
    """After 500 steps of another day, the first point is at step 501.

    Training that is resumed goes on with its curves, if its steps come from what is saved with it.
    """
    optimizer, model = keras.optimizers.SGD(RATE), small()
    called = f"{STEP}, after optimizer.iterations was restored to 500"
    tags, _ = one_call(model, optimizer, tmp_path, called=called, done=500)
    seen = sorted({step for tag in tags.values() for step in tag.steps})
    why = SILENT if not seen else LATER if seen == [500] else None
    expect.same(seen, [501], called=f"{called}: the steps of all points", idea=why)


class Gate(keras.layers.Layer):
    """Has a weight that it does not use."""

    def build(self, shape):
        self.gate = self.add_weight(shape=[2], initializer="ones", name="gate")

    def call(self, x):
        return x


@pytest.mark.beyond
def test_a_variable_without_a_gradient(tmp_path):
    """A weight that the loss does not depend on has a `weight/` tag only, and is not moved.

    Its gradient is None, and not zero: it is not connected, rather than dead.
    """
    model = keras.Sequential([keras.Input([2]), Gate(), keras.layers.Dense(1, use_bias=False)])
    gate = model.layers[0].gate.path
    called = f"{STEP}, with a weight {gate} that the model does not use"
    # Weight decay would move a weight whose gradient is 0.
    optimizer = keras.optimizers.SGD(RATE, weight_decay=0.1)
    none = "The gradient of a variable that the loss does not depend on is None."
    tags, _ = one_call(model, optimizer, tmp_path, called=called, idea=none, when="None")
    seen = [tag for tag in tags if tag.endswith(gate)]
    why = missing(tags) or None
    expect.same(seen, [f"weight/{gate}"], called=f"{called}: the tags of this weight", idea=why)
    expect.value(model.layers[0].gate, [1.0, 1.0], called=f"{called}: its values")


@pytest.mark.beyond
def test_the_gradient_of_an_embedding(tmp_path):
    """The gradient of an embedding is logged as large as its table, with 0 for unused rows.

    It comes as the rows that were used, tf.IndexedSlices. What it has of one row is added up.
    """
    model = keras.Sequential(
        [
            keras.Input([4], dtype="int32"),
            keras.layers.Embedding(9, 3),
            keras.layers.Flatten(),
            keras.layers.Dense(1, use_bias=False),
        ]
    )
    # The word 7 comes three times, with the label 0: its row has the largest gradient.
    texts, table = tf.constant([[1, 2, 3, 5], [0, 7, 7, 7]]), model.layers[0].embeddings
    model.layers[-1].kernel.assign(tf.ones([12, 1]))
    before = table.numpy()
    called = f"{STEP} of a model with an embedding of 9 words"
    tags, _ = one_call(model, keras.optimizers.SGD(RATE), tmp_path, x=texts, called=called)
    name = f"grad/{table.path}"
    called = f"{called}: the tags"
    expect.that(
        name in tags,
        called=called,
        expected=f"{name}, and others",
        seen=", ".join(tags) or "none",
        idea=missing(tags),
    )
    expect.same(tags[name].dashboard, "histograms", called=f"the tab for the tag {name}", idea="")
    (histogram,) = tags[name].values
    called = f"the values of {name}: how many, and the largest"
    seen, right = (
        [histogram[:, 2].sum(), histogram[-1, 1]],
        [27, (before - table.numpy()).max() / RATE],
    )
    expect.value(np.array(seen), np.array(right), called=called, tolerance=1e-4)


@pytest.mark.beyond
def test_each_model_has_a_step_of_its_own(tmp_path):
    """Two models are trained in one process, each with its optimizer and its writer.

    An optimizer makes its variables when it is first used. A compiled function may make variables
    only in its first trace.
    """
    one_call(small(), keras.optimizers.SGD(RATE), tmp_path / "first")
    model, called = small(), f"{MAKE} and {STEP}, for the second of two models"
    made = "A compiled function may make variables only in its first trace, and each optimizer has "
    made += "variables of its own."
    found, _ = one_call(
        model,
        keras.optimizers.Adam(RATE),
        tmp_path / "second",
        called=called,
        idea=made,
        when="non-first call|Unknown variable",
    )
    (path,) = (variable.path for variable in model.trainable_variables)
    right = sorted(["loss", f"weight/{path}", f"grad/{path}"])
    absent = sorted(set(right) - found.keys())
    expect.same(absent, [], called=f"{called}: missing tags", idea=missing(found))
