"""Tests of `make_train_step`: it trains rightly, and Python runs only while it is traced."""

from collections import Counter

import keras
import numpy as np
import pytest
import tensorflow as tf

from dojo import expect
from katas.q06.train_step import make_train_step

MADE = "step = make_train_step(model, optimizer, loss_fn)"


class PythonRuns:
    """Counts how often the Python code of model, loss and optimizer runs, and in which way."""

    def __init__(self):
        self.seen = Counter()

    def note(self, what):
        self.seen[what, "eagerly" if tf.executing_eagerly() else "while tracing"] += 1

    def __str__(self):
        return "\n".join(
            f"{what}: {n} time{'s' * (n > 1)} {how}" for (what, how), n in self.seen.items()
        )


class SpyLayer(keras.layers.Layer):
    """Passes its input on."""

    def __init__(self, runs):
        super().__init__()
        self.runs = runs

    def call(self, x):
        self.runs.note("model")
        return x


def mse(y, predictions):
    return tf.reduce_mean(tf.square(y - predictions))


def quantile_loss(y, predictions):
    """For each output and for their sum, too low costs nine times as much as too high."""
    low = y - predictions
    low = tf.concat([low, tf.reduce_sum(low, axis=-1, keepdims=True)], axis=-1)
    return tf.reduce_mean(tf.maximum(9.0 * low, -low))


def network(*layers, outputs=1):
    """A small model; two of the same layers start from the same weights."""
    keras.utils.set_random_seed(6)
    dense = keras.layers.Dense(outputs, name="dense")
    return keras.Sequential([keras.Input((4,)), *layers, dense])


def batch(size, seed=0, outputs=1):
    x = np.random.default_rng(seed).normal(1.0, size=(size, 4)).astype("float32")
    y = x @ np.array([[1, 4, -1], [-2, 0, 2], [0.5, 1, -3], [3, -2, 0]])[:, :outputs]
    return tf.constant(x), tf.constant(y, tf.float32)


def eager_step(model, optimizer, x, y, loss_fn=mse):
    with tf.GradientTape() as tape:
        loss = loss_fn(y, model(x, training=True)) + sum(model.losses)
    gradients = tape.gradient(loss, model.trainable_variables)
    optimizer.apply(gradients, model.trainable_variables)
    return loss


LATE = (
    "A compiled function may make variables in its first call only, and an optimizer makes its own "
    "when it first updates a model."
)
FORESEEN = {
    "singleton tf.Variables created on the first call": LATE,
    "Creating variables on a non-first call": LATE,
    "unknown rank": "A signature may leave the batch size open. Layers need to know the rest: "
    "how many dimensions there are, and how many features.",
    "Can not cast TensorSpec": "A signature may leave the batch size open. How many features and "
    "outputs there are is for the model to say.",
    "'NoneType' object has no attribute": "A method with @tf.function holds its object by a weak "
    "reference only. Here the object is gone, and `self` is None. Somebody has to keep it.",
}


def run(step, x, y, *, called=f"{MADE}\nstep(x, y)"):
    """step(x, y); what it raises is told in short."""
    with expect.works(called):
        try:
            return step(x, y)
        except (TypeError, ValueError, AttributeError) as error:
            for words, idea in FORESEEN.items():
                seen = f"{type(error).__name__}: … {words} …"
                known = words in str(error)
                expect.that(not known, called=called, expected="no exception", seen=seen, idea=idea)
            raise


def expect_loss(seen, loss, *, called, ideas=()):
    """`ideas` are pairs of a wrong loss and the idea that explains this one, and no other."""
    is_scalar = isinstance(seen, tf.Tensor) and seen.dtype == tf.float32 and seen.shape == ()
    said = [idea for wrong, idea in ideas if is_scalar and np.isclose(seen, wrong, rtol=1e-3)]
    idea = said[0] if said else ""
    expect.tensor(seen, loss, tolerance=1e-4, called=called, idea=idea)


def expect_weights(model, reference, *, called, idea=None):
    for ours, theirs in zip(model.weights, reference.weights, strict=True):
        told = f"{called}\n{ours.path}"
        expect.value(ours, theirs.numpy(), tolerance=1e-3, called=told, idea=idea)


def test_it_trains_like_an_eager_step():
    """The losses and the weights are those of eager steps.

    Compiling a step changes how fast it runs, and nothing that it computes. Gradients go to the
    optimizer as they are, and the optimizer may have a momentum from before.
    """
    model, reference = network(outputs=3), network(outputs=3)
    # With its small default, Adam takes the same step for gradients of any size.
    optimizer, eager_optimizer = (keras.optimizers.Adam(0.1, epsilon=1.0) for _ in range(2))
    for trained, by in ((model, optimizer), (reference, eager_optimizer)):
        eager_step(trained, by, *batch(16, seed=9, outputs=3), quantile_loss)
    step = make_train_step(model, optimizer, quantile_loss)
    losses = []
    for i in range(4):
        x, y = batch(16, seed=i, outputs=3)
        swapped = quantile_loss(reference(x), y)
        loss = eager_step(reference, eager_optimizer, x, y, quantile_loss)
        losses.append(loss)
        ideas = (
            (swapped, "`loss_fn` takes the targets first, then the predictions."),
            (quantile_loss(y, reference(x)), "The predictions are those before the update."),
            (np.mean(losses), "A step returns the loss of its own batch: no mean over calls."),
        )
        called = f"{MADE}, with a quantile loss\nstep(x, y) for 3 outputs, call {i + 1}"
        seen = run(step, x, y, called=called)
        expect_loss(seen, loss, called=called, ideas=ideas)
        called = f"{MADE}, with an optimizer that has trained before"
        called += f"\nafter call {i + 1} of step(x, y): the weights of"
        expect_weights(model, reference, called=called)


def test_the_model_is_in_training_mode():
    """BatchNormalization learns from the batches that the step sees.

    Some layers do one thing in training and another in use; only the caller knows which it is.
    """
    model, reference = (
        network(keras.layers.BatchNormalization(momentum=0.5, name="norm")) for _ in range(2)
    )
    step = make_train_step(model, keras.optimizers.SGD(0.1), mse)
    x, y = batch(16)
    in_use = mse(y, reference(x, training=False))
    called = f"{MADE}\nstep(x, y)"
    seen = run(step, x, y)
    loss = eager_step(reference, keras.optimizers.SGD(0.1), x, y)
    norm, reference_norm = model.get_layer("norm"), reference.get_layer("norm")
    once = "Every call in training mode moves the statistics. A step calls the model once."
    for what in ("moving_mean", "moving_variance"):
        expect.value(
            getattr(norm, what),
            getattr(reference_norm, what).numpy(),
            tolerance=1e-4,
            called=f"{called}\nthe {what} of a BatchNormalization layer",
            idea=once if norm.moving_mean.numpy().any() else None,
        )
    called += ", where the model has a BatchNormalization layer"
    learned = "The loss is the one that the model is trained on: that of the call in training mode."
    expect_loss(seen, loss, called=called, ideas=[(in_use, learned)])
    gradients = "Loss and statistics are right: the gradients are of another call, or were changed."
    expect_weights(model, reference, called=f"{called}\nthe weights of", idea=gradients)


def test_frozen_layers_stay():
    """The weights of frozen layers stay as they are.

    Which weights are trained is part of the model. `fit` asks the model for them, and so does a
    step of your own.
    """
    frozen, inner = (keras.layers.Dense(3, trainable=False, name=n) for n in ("frozen", "inner"))
    trunk = keras.Sequential([keras.Input((3,)), inner, keras.layers.Dense(3)], name="trunk")
    model = network(frozen, trunk)
    before = frozen.get_weights() + inner.get_weights()
    step = make_train_step(model, keras.optimizers.SGD(0.01), mse)
    run(step, *batch(16))
    for weight, old in zip(frozen.weights + inner.weights, before, strict=True):
        called = f"{MADE}, for a model with a model within\nstep(x, y)"
        called += f"\nthe weights of a layer with trainable=False: {weight.path}"
        expect.value(weight, old, tolerance=0, called=called)


@pytest.mark.beyond
def test_regularizers_count():
    """The losses of regularizers are part of the loss, and of its gradient.

    Layers say what they want added to the loss. `fit` adds it by itself, and a step of your own has
    to do so.
    """
    l2 = keras.regularizers.L2(1.0)

    def trunk():
        hidden = keras.layers.Dense(
            3, kernel_regularizer=l2, bias_regularizer=l2, bias_initializer="ones", name="hidden"
        )
        return keras.Sequential([keras.Input((4,)), hidden], name="trunk")

    model, reference = (network(trunk()) for _ in range(2))
    reference.set_weights(model.get_weights())
    step = make_train_step(model, keras.optimizers.SGD(0.01), mse)
    x, y = batch(16)
    called = f"{MADE}\nstep(x, y), where a layer of a model within the model has a\n"
    called += "kernel_regularizer and a bias_regularizer"
    seen = run(step, x, y, called=called)
    left_out = mse(y, reference(x))
    loss = eager_step(reference, keras.optimizers.SGD(0.01), x, y)
    expect_loss(seen, loss, called=called, ideas=[(left_out, None)])
    expect_weights(model, reference, called=f"{called}\nafterwards: the weights of")


def test_python_runs_only_while_tracing():
    """Calls with the same shapes run the graph, and no Python code.

    A compiled step runs Python to record the graph. What still runs at every call was either
    left out of the graph or is being recorded again.
    """
    runs = PythonRuns()

    class SpySGD(keras.optimizers.SGD):
        def update_step(self, *args):
            runs.note("optimizer")
            return super().update_step(*args)

    def spy_mse(y, predictions):
        runs.note("loss")
        return mse(y, predictions)

    step = make_train_step(network(SpyLayer(runs)), SpySGD(0.01), spy_mse)
    run(step, *batch(16))
    runs.seen.clear()
    for i in range(10):
        run(step, *batch(16, seed=i))
    expect.that(
        not runs.seen,
        called=f"{MADE}\nstep(x, y), ten more times with the same shapes",
        expected="no Python code of the model, the loss or the optimizer runs",
        seen=str(runs),
    )


def test_batch_sizes_share_one_graph():
    """After the first size, others cost one more trace at most.

    The shapes of the arguments are part of what a trace is made for. A graph can also be
    made for a batch size that is left open.
    """
    runs = PythonRuns()
    step = make_train_step(network(SpyLayer(runs)), keras.optimizers.SGD(0.01), mse)
    run(step, *batch(16))
    traced_for = []
    for size in (16, 11, 7, 16, 5, 3, 11):
        runs.seen.clear()
        run(step, *batch(size), called=f"{MADE}\nstep(x, y) for {size} examples")
        traced_for += [size] * bool(runs.seen)
    expect.that(
        len(traced_for) <= 1,
        called=f"{MADE}\nstep(x, y) for 16 examples, then for 16, 11, 7, 16, 5, 3 and 11",
        expected="after the first call, at most 1 that runs Python code of the model",
        seen=f"{len(traced_for)}, those for {', '.join(map(str, traced_for))} examples",
    )


def test_batches_count_as_they_are():
    """A batch of any size trains as it would in an eager step.

    The last batch of an epoch is short. Nothing may be added to a batch or dropped to make it fit.
    """
    model, reference = network(), network()
    step = make_train_step(model, keras.optimizers.SGD(0.05), mse)
    eager_optimizer = keras.optimizers.SGD(0.05)
    for size in (16, 5, 1, 40):
        x, y = batch(size)
        run(step, x, y, called=f"{MADE}\nstep(x, y) for {size} examples")
        eager_step(reference, eager_optimizer, x, y)
        called = f"{MADE}\nstep(x, y) for {size} examples: the weights of"
        # The first size is the one that others might be made to fit.
        expect_weights(model, reference, called=called, idea="" if size == 16 else None)


def test_every_model_has_its_own_step():
    """Each step trains its own model, with its own optimizer.

    A graph holds on to the variables that it met while it was traced, whatever a name in Python
    means by then.
    """
    models = {"the first model": network(), "the second model": network()}
    made, steps = [], []
    for name, which in (("first", "the first model"), ("second", "the second model")):
        made.append(f"{name} = make_train_step({which}, SGD(0.01, momentum=0.9), loss_fn)")
        optimizer = keras.optimizers.SGD(0.01, momentum=0.9)
        steps.append((name, make_train_step(models[which], optimizer, mse), [which]))
    expect_moves(models, steps, made)


@pytest.mark.beyond
def test_two_steps_share_a_model():
    """Two steps may share a model, each with its own optimizer.

    One optimizer may train the trunk slowly, and another one the whole network.
    """
    models = {"the model": network()}
    made, steps = [], []
    for name, rate, moved in (("first", 0.01, ["the model"]), ("second", 0.0, [])):
        made.append(f"{name} = make_train_step(the model, SGD({rate}), loss_fn)")
        optimizer = keras.optimizers.SGD(rate)
        steps.append((name, make_train_step(models["the model"], optimizer, mse), moved))
    expect_moves(models, steps, made)


def expect_moves(models, steps, made):
    """Each step, called in turn, moves the weights of exactly the models named with it."""
    calls = ", then ".join(f"{name}(x, y)" for name, _, _ in steps)
    called = "\n".join([*made, calls])
    for name, step, own in steps:
        before = {which: model.get_weights() for which, model in models.items()}
        run(step, *batch(16), called=called)
        moved = [
            which
            for which, model in models.items()
            if not all(map(np.array_equal, before[which], model.get_weights()))
        ]
        expect.same(moved, own, called=f"{called}\nwhat has new weights after {name}(x, y)")


def test_a_new_learning_rate_needs_no_trace():
    """A new learning rate takes effect in the graph that is there.

    A Python number becomes a constant of the graph; a variable is read each time it runs.
    """
    runs = PythonRuns()
    model, optimizer = network(SpyLayer(runs)), keras.optimizers.SGD(0.05)
    optimizer.build(model.trainable_variables)
    step = make_train_step(model, optimizer, mse)
    run(step, *batch(16))
    before = model.get_weights()
    runs.seen.clear()
    optimizer.learning_rate = 0.0
    run(step, *batch(16))
    called = f"{MADE}\nstep(x, y)\noptimizer.learning_rate = 0.0\nstep(x, y)"
    for weight, old in zip(model.weights, before, strict=True):
        told = f"{called}, which should leave the weights of {weight.path}"
        expect.value(weight, old, tolerance=0, called=told)
    expect.that(not runs.seen, called=called, expected="no new trace", seen=str(runs))
