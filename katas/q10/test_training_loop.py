"""The loop around a step: every batch, noise, means, and one compilation.

There is no network here. The steps of these tests note, by ops, what they are given.
"""

import functools
import itertools

import numpy as np
import tensorflow as tf

from dojo import expect
from katas.q10.training_loop import train

IMAGES = np.random.default_rng(1).normal(size=[5, 3, 2, 1]).astype("float32")
TWO_EPOCHS = "train, 2 epochs, 5 images of shape [3, 2, 1] in batches of 2"
EXAMPLES = np.array([1.0, 5.0, 2.0, 7.0, -3.0], "float32")


class Step:
    """A step that keeps the noise it is given, and counts steps, examples and its Python runs.

    `uneven` counts the steps with another number of rows of noise than of examples.
    """

    def __init__(self, noise_dim):
        self.noise_dim = noise_dim
        self.kept = tf.Variable(tf.zeros([600, noise_dim]))
        self.noise_rows, self.examples = tf.Variable(0), tf.Variable(0)
        self.steps, self.uneven = tf.Variable(0), tf.Variable(0)
        self.sum = tf.Variable(0.0)
        self.python_runs = 0

    def __call__(self, real, noise):
        self.python_runs += 1
        rows = tf.shape(noise)[0]
        places = (self.noise_rows + tf.range(rows))[:, None]
        self.kept.assign(tf.tensor_scatter_nd_update(self.kept, places, noise))
        self.noise_rows.assign_add(rows)
        self.examples.assign_add(tf.shape(real)[0])
        self.uneven.assign_add(tf.cast(tf.shape(real)[0] != rows, tf.int32))
        self.sum.assign_add(tf.reduce_sum(real))
        self.steps.assign_add(1)
        return {"loss": tf.reduce_mean(real)}

    def noise(self):
        return self.kept.numpy()[: int(self.noise_rows)]


def run(step, called, epochs=1, noise_dim=2, seed=3, examples=EXAMPLES):
    dataset = tf.data.Dataset.from_tensor_slices(examples).batch(2)
    with expect.works(called):
        return train(step, dataset, epochs=epochs, noise_dim=noise_dim, seed=seed)


@functools.cache
def two_epochs():
    """A step after two epochs of images; two tests look at what it noted."""
    step = Step(7)
    run(step, TWO_EPOCHS, epochs=2, noise_dim=7, examples=IMAGES)
    return step


def test_every_batch_is_one_step():
    """Every batch of every epoch is one step.

    A step trains whenever it is run: there is none to spare, for building or for compiling. The
    examples of a smaller last batch are as good as the others. And a dataset starts anew in each
    epoch, with another shuffle or augmentation.
    """
    step, called = two_epochs(), TWO_EPOCHS
    expect.value(step.steps, 6, called=f"{called}, steps")
    expect.value(step.examples, 10, called=f"{called}, examples in all steps")
    expect.value(step.sum, 2 * IMAGES.sum(), tolerance=1e-4, called=f"{called}, their sum")
    turns = itertools.count(1.0)
    growing = tf.data.Dataset.from_generator(
        lambda: [np.full([2], turn, "float32") for turn in [next(turns)] * 2],
        output_signature=tf.TensorSpec([2], tf.float32),
    )
    called = "train, 2 epochs of a dataset that has other examples each time it is iterated"
    with expect.works(called):
        first, second = train(Step(2), growing, epochs=2, noise_dim=2, seed=3)["loss"]
    expect.that(
        bool(first != second),
        called=f"{called}, the mean of the examples in each epoch",
        expected="two different numbers",
        seen=f"twice {float(first):.4g}",
    )


def test_a_row_of_noise_for_each_example():
    """A batch of noise has as many rows as the batch of examples.

    The last batch of an epoch is often smaller. With more fakes than real examples in it, or
    fewer, a step does something else than the one before.
    """
    called = f"{TWO_EPOCHS}, steps with more or fewer rows of noise"
    expect.value(two_epochs().uneven, 0, called=called)


def test_every_step_has_new_noise():
    """No two steps have the same noise, in any epoch.

    What Python draws while a step is traced is part of the graph and comes again in every step.
    What starts from its seed in every epoch comes again in every epoch. And 5 in 100 numbers of a
    standard normal distribution are further than 2 from 0: it has tails.
    """
    step = Step(40)
    called = "train, 5 examples in batches of 2, 3 epochs, noise_dim=40"
    run(step, called, epochs=3, noise_dim=40)
    noise = step.noise()
    different = len(np.unique(noise, axis=0))
    expect.same(len(noise) - different, 0, called=f"{called}, rows of noise that came before")
    if len(noise):
        tails = 100 * (abs(noise) > 2).mean()
        expect.that(
            bool(abs(noise.mean()) < 0.25 and 0.8 < noise.std() < 1.2 and 1 < tails < 12),
            called=f"{called}, all noise: mean, standard deviation, numbers beyond 2 or -2",
            expected="about 0, about 1, about 5 in 100",
            seen=f"{noise.mean():.2f}, {noise.std():.2f}, {tails:.0f} in 100",
        )


def reseed(seed):
    """A program that sets both global seeds, and draws from both before it trains."""
    tf.random.set_seed(seed)
    np.random.seed(seed)
    tf.random.normal([3])
    np.random.random()


def test_the_noise_follows_the_seed():
    """The noise depends on the seed, and on nothing but the seed.

    An op that takes a seed mixes it with the global one and with what was drawn before. To set
    the global seed instead, or to seed the generator that all share, is to change the random
    numbers of everybody else.
    """
    runs = []
    shared = tf.random.get_global_generator()
    state = shared.state.numpy()
    for seed, global_seed in (0, 4), (0, 5), (1, 5):
        reseed(global_seed)
        undisturbed = tf.random.normal([3]), np.random.random()
        reseed(global_seed)
        step = Step(2)
        called = f"train(..., seed={seed})"
        run(step, called, epochs=2, seed=seed, examples=EXAMPLES[:4])
        runs.append(step.noise())
        after = tf.random.normal([3]), np.random.random()
        for name, one, other in zip(("tf", "np"), after, undisturbed, strict=True):
            what = f"the next numbers of {name}.random, after {called}"
            expect.value(one, other, called=what)
    untouched = tf.random.get_global_generator() is shared
    expect.that(
        bool(untouched and np.array_equal(shared.state.numpy(), state)),
        called="train(...), then tf.random.get_global_generator()",
        expected="the generator of before, in the state of before",
        seen="the same one, in another state" if untouched else "another generator",
    )
    called = "train(..., seed=0) twice, after other global seeds: all noise"
    expect.value(runs[1], runs[0], called=called)
    expect.that(
        not np.allclose(runs[2], runs[0]),
        called="train(..., seed=0) and train(..., seed=1)",
        expected="other noise",
        seen="the same noise",
    )


def test_history_is_the_mean_of_each_epoch():
    """The history has the mean over all examples, for each epoch.

    The mean of the batches' means is another number, if the last batch is smaller. And what is
    summed up over an epoch must not go on into the next.
    """
    steps = tf.Variable(0.0)

    def step(real, noise):
        steps.assign_add(1.0)
        return {"g_loss": tf.reduce_mean(real), "d_loss": steps * 1.0, "another": -steps}

    history = run(step, "train, 3 epochs of 5 examples in batches of 2", epochs=3)
    called = "train, 3 epochs of 5 examples in batches of 2, its history"
    names = sorted(history) if isinstance(history, dict) else type(history).__name__
    expect.same(names, ["another", "d_loss", "g_loss"], called=f"{called}: its names")
    first = int(steps) - 8  # of the last 9 steps
    means = [(2 * n + 2 * (n + 1) + (n + 2)) / 5 for n in (first, first + 3, first + 6)]
    for name, right in (
        ("g_loss", [float(EXAMPLES.mean())] * 3),
        ("d_loss", means),
        ("another", [-mean for mean in means]),
    ):
        seen = history[name]
        kinds = [type(each).__name__ for each in seen] if isinstance(seen, list) else type(seen)
        expect.same(kinds, ["float"] * 3, called=f"{called}: kinds of what is in '{name}'")
        expect.value(np.array(seen), right, tolerance=1e-4, called=f"{called}: '{name}'")
    called = "train, 1 epoch of 2 examples in a single batch"
    history = run(Step(2), called, examples=EXAMPLES[:2])
    expect.value(np.array(history["loss"]), [3.0], called=f"{called}: 'loss' in its history")


def test_the_step_is_compiled_once():
    """More epochs do not run more Python code of the step.

    A step that is not compiled runs its Python code for every batch, and one that is compiled in
    every epoch is traced in every epoch.
    """
    runs = []
    for epochs in 1, 4:
        step = Step(2)
        run(step, f"train, {epochs} epochs", epochs=epochs, examples=EXAMPLES[:4])
        runs.append(step.python_runs)
    called = "train, 4 epochs instead of 1: further runs of the step's Python code"
    expect.same(runs[1] - runs[0], 0, called=called)
