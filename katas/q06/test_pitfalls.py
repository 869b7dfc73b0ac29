"""Tests of the six repaired pieces, each inside a compiled training step."""

from contextlib import contextmanager

import numpy as np
import tensorflow as tf

from dojo import expect
from katas.q06.pitfalls import (
    LossLog,
    RewardClipper,
    RewardScaler,
    StepCounter,
    explore,
    make_policy,
)


def compiled_step(piece):
    """A compiled training step that calls `piece` and does nothing else."""

    @tf.function
    def training_step(*args):
        return piece(*args)

    return training_step


USUAL_ERRORS = (
    "is out of scope and cannot be used here",
    "tf.function only supports singleton tf.Variables created on the first call",
)


@contextmanager
def told_in_short(called):
    """Says in a line what TensorFlow says in many, for the errors that belong to this lesson."""
    try:
        yield
    except (TypeError, ValueError) as error:
        for sentence in USUAL_ERRORS:
            if sentence in str(error):
                seen = f"{type(error).__name__}: … {sentence} …"
                expect.that(False, called=called, expected="no exception", seen=seen)
        raise


def test_the_counter_counts_every_step():
    """A counter goes up with each run of the graph.

    Python runs while a function is traced. What has to change at every call must be state that
    the graph itself can change.
    """
    own = "Each counter needs state of its own."
    for name, idea in (("counter", None), ("another_counter", own)):
        training_step = compiled_step(StepCounter())
        counts = [np.asarray(training_step()) for _ in range(3)]
        called = f"{name} = StepCounter()\n{name}() in a compiled step, run three times"
        expect.that(
            all(count.dtype.kind in "iu" and count.shape == () for count in counts),
            called=called,
            expected="scalar integer tensors",
            seen=f"{counts[0].dtype} of shape {list(counts[0].shape)}",
            idea="A number of steps is an integer; in float32, adding 1 ends at 16777216.",
        )
        expect.same([count.item() for count in counts], [1, 2, 3], called=called, idea=idea)
    for _ in range(297):
        count = training_step()
    called = f"{called}, then 297 times more"
    expect.value(count, 300, called=called, idea="A small integer soon has an end: 127, or 255.")


def test_the_noise_is_fresh():
    """Every run of the graph adds new noise.

    A number that Python has drawn is a constant of the graph, whatever drew it. And an op that
    gets the same seed in every run draws the same in every run.
    """
    actions = tf.fill([500, 400], 7.0)
    training_step = compiled_step(lambda actions: explore(actions, 0.5))
    first, second = (np.asarray(training_step(actions) - actions) for _ in range(2))
    called = "explore(actions, 0.5) - actions in a compiled step"
    expect.that(
        not np.allclose(first, second),
        called=f"{called}, two runs",
        expected="different noise",
        seen="the same noise twice",
    )
    added = "What is added is noise around 0, drawn for each action, as wide as asked for."
    for seen, expected, what in (
        (second.mean(), 0.0, "the mean of the noise"),
        (second[:, 0].std(), 0.5, "the deviation of the noise of 500 actions in a column"),
        (second[0].std(), 0.5, "the deviation of the noise of 400 actions in a row"),
    ):
        expect.value(seen, expected, tolerance=0.1, called=f"{called}\n{what}", idea=added)
    largest = np.abs(second).max()
    expect.that(
        bool(largest > 1.5),
        called=f"{called}\nthe largest noise of 200,000 actions",
        expected="more than 3 deviations, 1.5",
        seen=f"{largest:.3g}",
        idea="In a normal distribution, 3 numbers of 1,000 are farther out than 3 deviations.",
    )

    different = len(np.unique(second))
    expect.that(
        different > 100_000,
        called=f"{called}\nhow many different numbers the noise of 200,000 actions has",
        expected="nearly as many",
        seen=f"{different:,}",
        idea="Numbers that were drawn while tracing are the same ones in all runs, in any order.",
    )

    called = "explore(actions, 0.5) in a compiled step, traced for actions of shape [None, 2]"
    idea = "While tracing, an open dimension has no size yet. Each run has one."
    with expect.works(called, TypeError, ValueError, tf.errors.OpError, idea=idea):
        open_step = training_step.get_concrete_function(tf.TensorSpec([None, 2], tf.float32))
    for rows in (3, 5):
        with expect.works(f"{called}\nrun for shape [{rows}, 2]", tf.errors.OpError, idea=idea):
            noise = np.asarray(open_step(tf.zeros([rows, 2])))
        expect.that(
            noise.shape == (rows, 2) and len(np.unique(noise)) == 2 * rows,
            called=f"{called}\nrun for shape [{rows}, 2]",
            expected="noise of its own for each action",
            seen=f"{len(np.unique(noise))} different numbers, shape {list(noise.shape)}",
            idea=idea,
        )


def test_a_new_limit_takes_effect():
    """The limit can change between two runs of the graph.

    An attribute of a Python object is read while tracing. What a graph is to look up again, it
    needs to know as a variable.
    """
    clipper, _ = RewardClipper(1.0), RewardClipper(9.0)
    training_step = compiled_step(clipper)
    reward = tf.constant([-5.0, 0.5, 2.0])
    called = "clipper, another = RewardClipper(1.0), RewardClipper(9.0)"
    called += "\nclipper([-5.0, 0.5, 2.0]) in a compiled step"
    own = "Each clipper needs a limit of its own, and it has two sides."
    expect.tensor(training_step(reward), [-1.0, 0.5, 1.0], called=called, idea=own)
    clipper.set_limit(3.0)
    expect.tensor(
        training_step(reward),
        [-3.0, 0.5, 2.0],
        called=f"{called}\nclipper.set_limit(3.0)\nthe same step again",
    )


def test_the_log_averages_all_losses():
    """The average is over the losses of all runs of the graph.

    While tracing, a tensor has no value and stands for one of many to come. It means nothing
    outside of the graph.
    """
    once = "What Python counts or keeps, it does while tracing: once for all runs of the graph."
    own = "Each log needs state of its own."
    for name, losses, idea in (("log", (1.0, 2.0, 7.0), once), ("another_log", (4.0, 6.0), own)):
        log = LossLog()
        training_step = compiled_step(log.add)
        called = f"{name} = LossLog()\n{name}.add(loss) in a compiled step, run for {losses}"
        called += f"\n{name}.average()"
        for loss in losses:
            with told_in_short(called):
                training_step(tf.constant(loss))
        with told_in_short(called):
            average = log.average()
        expect.tensor(average, sum(losses) / len(losses), called=called, idea=idea)

    kept = "Asking for the average changes nothing: a log keeps what has been added."
    expect.tensor(log.average(), 5.0, called=f"{called}\n{name}.average(), once more", idea=kept)
    for _ in range(598):
        training_step(tf.constant(8.0))
    called += "\nthe step 598 more times, for 8.0\nanother_log.average()"
    everything = "Every loss counts the same, however long ago it was added."
    mean = (4.0 + 6.0 + 598 * 8.0) / 600
    expect.tensor(log.average(), mean, called=called, idea=everything)


def test_one_trace_serves_all_temperatures():
    """The policy is traced once, however often the temperature changes.

    Arguments that are tensors are inputs of the graph. All others are part of what a trace is
    made for.
    """
    runs = 0

    def network(observation):
        nonlocal runs
        runs += 1
        return 2.0 * observation

    policy, another = make_policy(network), make_policy(lambda observation: -observation)
    temperatures = (2.0, 1.5, 1.0, 0.7654321, 0.25)
    for i, temperature in enumerate(temperatures):
        observation = tf.constant([[1.0, 2.0 + i, 3.0]])
        expect.tensor(
            policy(observation, temperature),
            tf.nn.softmax(2.0 * observation / temperature),
            called=f"policy = make_policy(network)\npolicy({observation.numpy()}, {temperature})",
            idea="One graph answers all calls, each for its own observation and temperature.",
        )
    expect.tensor(
        another(observation, 0.5),
        tf.nn.softmax(-observation / 0.5),
        called="policy, another = make_policy(network), make_policy(another_network)\n"
        "another(observation, 0.5), after policy",
        idea="Each policy has a network of its own.",
    )
    called = f"policy = make_policy(network)\npolicy(observation, t) for t in {temperatures}"
    expect.that(
        runs == 1,
        called=called,
        expected="the Python code of the network runs once",
        seen=f"it ran {runs} times",
    )


def test_the_scaler_remembers_the_largest_reward():
    """The divisor is kept from one run of the graph to the next.

    A variable is there before the graph that uses it, and as long as its owner.
    """
    own = "Each scaler needs state of its own."
    ideas = {-4.0: "The largest absolute value counts: a reward of -4 is as large as one of 4."}
    for name, first in (("scaler", None), ("another_scaler", own)):
        training_step = compiled_step(RewardScaler())
        rewards = (0.5, -4.0, 2.0, 1.0, 8.0, 4.0, 200.0, 150.0)
        divisors = (1.0, 4.0, 4.0, 4.0, 8.0, 8.0, 200.0, 200.0)
        for reward, divisor in zip(rewards, divisors, strict=True):
            called = f"{name} = RewardScaler()\n{name}(reward) in a compiled step"
            called += f", run for 0.5, -4, 2, 1, 8, 4, 200, 150: now {reward}"
            with told_in_short(called):
                seen = training_step(tf.constant(reward))
            expect.tensor(seen, reward / divisor, called=called, idea=ideas.get(reward, first))
