"""The loop around a step: every batch, noise, means, and one compilation.

There is no network here. The steps of these tests note, by ops, what they are given.
"""

import functools
import itertools

import numpy as np
import pytest
import tensorflow as tf

from dojo import expect
from katas.q10.training_loop import train

IMAGES = np.random.default_rng(1).normal(size=[5, 3, 2, 1]).astype("float32")
TWO_EPOCHS = "train, 2 epochs, 5 images of shape [3, 2, 1] in batches of 2"
OTHER_BATCHES = "train, 3 epochs of a dataset with other batches in each pass"
EXAMPLES = np.array([1.0, 5.0, 2.0, 7.0, -3.0], "float32")


class Step:
    """A step that keeps the noise it is given, and counts steps, examples and its Python runs.

    `sizes` has the number of examples of each step, and `uneven` counts the steps with another
    number of rows of noise.
    """

    def __init__(self, noise_dim=2):
        self.noise_dim = noise_dim
        self.kept = tf.Variable(tf.zeros([600, noise_dim]))
        self.noise_rows, self.examples = tf.Variable(0), tf.Variable(0)
        self.steps, self.uneven = tf.Variable(0), tf.Variable(0)
        self.sizes = tf.Variable(tf.zeros([600], tf.int32))
        self.sum = tf.Variable(0.0)
        self.python_runs = 0

    def __call__(self, real, noise):
        self.python_runs += 1
        noise = tf.convert_to_tensor(noise)
        if noise.dtype != tf.float32 or noise.shape.rank != 2 or noise.shape[1] != self.noise_dim:
            given = f"the step was given {noise.dtype.name} noise of shape {noise.shape}"
            raise ValueError(f"{given}, with noise_dim={self.noise_dim}")
        rows = tf.shape(noise)[0]
        places = (self.noise_rows + tf.range(rows))[:, None]
        self.kept.assign(tf.tensor_scatter_nd_update(self.kept, places, noise))
        self.noise_rows.assign_add(rows)
        self.examples.assign_add(tf.shape(real)[0])
        self.uneven.assign_add(tf.cast(tf.shape(real)[0] != rows, tf.int32))
        self.sum.assign_add(tf.reduce_sum(real))
        self.sizes.assign(
            tf.tensor_scatter_nd_update(self.sizes, [[self.steps]], [tf.shape(real)[0]])
        )
        self.steps.assign_add(1)
        return {"loss": tf.reduce_mean(real)}

    def noise(self):
        """The rows of noise that came, in their order."""
        return self.kept.numpy()[: int(self.noise_rows)]


def run(step, called, epochs=1, noise_dim=2, seed=3, examples=EXAMPLES):
    dataset = tf.data.Dataset.from_tensor_slices(examples).batch(2)
    with expect.works(called):
        return train(step, dataset, epochs=epochs, noise_dim=noise_dim, seed=seed)


def noise_of(seed, epochs=2):
    """The noise of a training with this seed: 4 rows in each epoch."""
    step = Step()
    run(step, f"train(..., seed={seed})", epochs=epochs, seed=seed, examples=EXAMPLES[:4])
    return step.noise()


@functools.cache
def two_epochs():
    """A step after two epochs of images; two tests look at what it noted."""
    step = Step(7)
    run(step, TWO_EPOCHS, epochs=2, noise_dim=7, examples=IMAGES)
    return step


@functools.cache
def other_batches():
    """A step after three epochs with other batches in each, and how often these were iterated."""
    turns, sizes = itertools.count(1), {1: [2, 1], 2: [1, 3, 1], 3: [4]}

    def batches():
        turn = next(turns)
        yield from (np.full([size], turn, "float32") for size in sizes.get(turn, [1]))

    spec = tf.TensorSpec([None], tf.float32)
    dataset = tf.data.Dataset.from_generator(batches, output_signature=spec)
    step = Step()
    with expect.works(OTHER_BATCHES):
        train(step, dataset, epochs=3, noise_dim=2, seed=3)
    return step, next(turns) - 1


def test_every_batch_is_one_step():
    """Every batch of every epoch is one step.

    A step trains whenever it is run: there is none to spare, for building or for compiling. The
    examples of a smaller last batch are as good as the others.
    """
    step, called = two_epochs(), TWO_EPOCHS
    expect.value(step.steps, 6, called=f"{called}, steps")
    expect.value(step.examples, 10, called=f"{called}, examples in all steps")
    expect.value(step.sum, 2 * IMAGES.sum(), tolerance=1e-4, called=f"{called}, their sum", idea="")
    called = "train, 1 epoch of 2 examples in a single batch"
    step = Step()
    run(step, called, examples=EXAMPLES[:2])
    expect.value(step.steps, 1, called=f"{called}, steps")
    step, passes = other_batches()
    if passes == 3:
        seen = step.sizes.numpy()[: int(step.steps)].tolist()
        called = f"{OTHER_BATCHES}, the examples in each step"
        idea = "A batch is what the dataset gives, in this pass."
        expect.same(seen, [2, 1, 1, 3, 1, 4], called=called, idea=idea)


def test_every_epoch_iterates_the_dataset():
    """The dataset is iterated once for each epoch.

    It may shuffle, augment or stream: what comes in one pass need not come in another.
    """
    _, passes = other_batches()
    expect.same(passes, 3, called=f"{OTHER_BATCHES}, how often it was iterated")


def test_a_row_of_noise_for_each_example():
    """A batch of noise has as many rows as the batch of examples.

    The last batch of an epoch is often smaller. With more fakes than real examples in it, or
    fewer, a step does something else than the one before.
    """
    called = f"{TWO_EPOCHS}, steps with more or fewer rows of noise"
    expect.value(two_epochs().uneven, 0, called=called)


@functools.cache
def much_noise():
    """The noise of 3 epochs with 5 rows of 2000 numbers each."""
    step = Step(2000)
    run(step, "train, 3 epochs of 5 examples, noise_dim=2000", epochs=3, noise_dim=2000, seed=0)
    return step.noise()


def test_every_step_has_new_noise():
    """No two steps have the same noise, in any epoch.

    What Python draws while a step is traced is part of the graph, and comes again in every step.
    What starts from its seed in every epoch, or in every trace, comes again there.
    """
    noise = much_noise()
    again = len(noise) - len(np.unique(noise, axis=0))
    called = "train, 3 epochs of 5 examples in batches of 2, rows of noise that came before"
    expect.same(again, 0, called=called)


def test_the_noise_is_normal():
    """The noise has the standard normal distribution.

    Its mean is 0, its standard deviation 1, and 5 in 100 of its numbers are further than 2 from 0:
    it has tails.
    """
    noise = much_noise()
    rows = np.unique(noise, axis=0)
    expect.that(
        len(np.unique(rows)) >= 0.9 * rows.size,
        called="train, all noise",
        expected="another number in each place of a row",
        seen="the same numbers again",
        idea="Each number of a row is drawn by itself.",
    )
    seen = [noise.mean(), noise.std(), 100 * (abs(noise) > 2).mean()] if noise.size else [0.0] * 3
    expect.that(
        bool(abs(seen[0]) < 0.1 and 0.94 < seen[1] < 1.06 and 2.5 < seen[2] < 7),
        called="train, all noise: mean, standard deviation, numbers beyond 2 or -2",
        expected="about 0, about 1, about 5 in 100",
        seen="{:.2f}, {:.2f}, {:.1f} in 100".format(*seen),
    )


def test_the_noise_follows_the_seed():
    """Equal arguments give equal noise, and another seed gives other noise.

    An experiment that cannot be repeated proves little.
    """
    first, again = noise_of(0), noise_of(0)
    expect.value(again, first, called="train(..., seed=0) twice: the noise of the second time")
    for seed in 1, 2, 1000:
        other = noise_of(seed)
        alike = np.isclose(other, first).all(axis=1) if other.shape == first.shape else np.zeros(1)
        idea = "Whatever this noise starts from, it is not the seed."
        called = (
            f"train(..., seed=0) and train(..., seed={seed}): how many rows have the same noise"
        )
        expect.same(int(alike.sum()), 0, called=called, idea=idea)


def test_history_is_the_mean_of_each_epoch():
    """The history has the mean over all examples, for each epoch.

    Each epoch is summed up anew.
    """
    steps = tf.Variable(0.0)

    def step(real, noise):
        steps.assign_add(1.0)
        return {"g_loss": tf.reduce_mean(real), "d_loss": steps / 700.0, "another": -steps}

    history = run(step, "train, 3 epochs of 5 examples in batches of 2", epochs=3)
    called = "train, 3 epochs of 5 examples in batches of 2, its history"
    names = sorted(history) if isinstance(history, dict) else type(history).__name__
    expect.same(names, ["another", "d_loss", "g_loss"], called=f"{called}: its names", idea="")
    first = int(steps) - 8  # of the last 9 steps
    losses = np.arange(first, first + 9, dtype="float64").reshape(3, 3) / 700.0
    means = np.average(losses, axis=1, weights=[2, 2, 1])
    ideas = (
        (losses.mean(axis=1), "A batch of 1 example counted as much as a batch of 2."),
        (losses[:, -1], "This is the loss of the last batch of each epoch."),
        (np.cumsum(means) / [1, 2, 3], "The sums of an epoch went on into the next."),
        (means / [1, 2, 3], "The number of examples went on from one epoch into the next."),
        (means * 5, "This is a sum over the examples. A mean divides it by their number."),
    )
    for name, right in (
        ("d_loss", means),
        ("another", -700.0 * means),
        ("g_loss", [EXAMPLES.mean()] * 3),
    ):
        seen = history[name]
        plain = isinstance(seen, list)
        kinds = [type(each).__name__ for each in seen] if plain else type(seen).__name__
        floats = f"{called}: kinds of what is in '{name}'"
        expect.same(
            kinds, ["float"] * 3, called=floats, idea="Any file or plot takes plain numbers."
        )
        idea = "".join(why for wrong, why in ideas if np.allclose(seen, wrong, rtol=1e-4))
        right = np.array(right, "float32")
        expect.value(np.array(seen), right, tolerance=1e-5, called=f"{called}: '{name}'", idea=idea)


def test_the_step_is_compiled_once():
    """More epochs do not run more Python code of the step.

    A step that is not compiled runs its Python code for every batch. One that is compiled in every
    epoch is traced in every epoch.
    """
    runs = []
    for epochs in 1, 4:
        step = Step()
        run(step, f"train, {epochs} epochs", epochs=epochs, examples=EXAMPLES[:4])
        runs.append(step.python_runs)
    called = "train, 4 epochs instead of 1: further runs of the step's Python code"
    expect.same(runs[1] - runs[0], 0, called=called)


def reseed(seed):
    """A program that sets both global seeds, and draws from both."""
    tf.random.set_seed(seed)
    np.random.seed(seed)
    tf.random.normal([3])
    np.random.random()


@pytest.mark.beyond
def test_nothing_but_the_seed():
    """The noise does not depend on `epochs`, a global seed or earlier draws.

    An experiment of three epochs begins as one of two. And a test that drew a number before
    changes nothing.
    """
    reseed(4)
    first = noise_of(3)
    reseed(5)
    mixed = (
        "An op that takes a seed mixes it with the global one, and counts what was drawn before."
    )
    called = "train(..., seed=3) twice, after other global seeds: all noise"
    expect.value(noise_of(3), first, called=called, idea=mixed)
    called = "train(..., seed=3) with epochs=3: the noise of the first 2 epochs, as with epochs=2"
    longer = "What comes first does not depend on what comes later."
    expect.value(noise_of(3, epochs=3)[: len(first)], first, called=called, idea=longer)


@pytest.mark.beyond
def test_others_draw_what_they_would_have_drawn():
    """Others draw afterwards what they would have drawn without `train`.

    To set a global seed, or to seed the generator that all share, is to change the random numbers
    of everybody else.
    """
    reseed(4)
    undisturbed = tf.random.normal([3]), np.random.random()
    shared = tf.random.get_global_generator()
    shared.normal([3])
    state = shared.state.numpy()
    reseed(4)
    noise_of(0)
    after = tf.random.normal([3]), np.random.random()
    for name, one, other in zip(("tf", "np"), after, undisturbed, strict=True):
        expect.value(one, other, called=f"the next numbers of {name}.random, after train(...)")
    untouched = tf.random.get_global_generator() is shared
    expect.that(
        bool(untouched and np.array_equal(shared.state.numpy(), state)),
        called="train(...), then tf.random.get_global_generator()",
        expected="the generator of before, in the state of before",
        seen="the same one, in another state" if untouched else "another generator",
    )
