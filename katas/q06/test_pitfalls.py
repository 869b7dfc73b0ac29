"""Tests of the six repaired pieces, each inside a compiled training step."""

from contextlib import contextmanager

import numpy as np
import pytest
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


FORESEEN = {
    "is out of scope": "While tracing, a tensor has no value and stands for one of many to come. "
    "It means nothing outside of the graph.",
    "singleton tf.Variables created on the first call": "A variable is there before the graph that "
    "uses it, and as long as its owner.",
    "`bool` is not allowed": "While tracing, a tensor and a tf.TensorArray belong to one graph. "
    "Outside, they have no values. What lasts from run to run is a variable.",
}


@contextmanager
def told_in_short(called):
    """Says in a line what TensorFlow says in many, for the errors that belong to this lesson."""
    with expect.works(called):
        try:
            yield
        except (TypeError, ValueError, RuntimeError, AttributeError) as error:
            for sentence, idea in FORESEEN.items():
                seen = f"{type(error).__name__}: … {sentence} …"
                known = sentence in str(error)
                expect.that(not known, called=called, expected="no exception", seen=seen, idea=idea)
            raise


def expect_tensor(seen, expected, *, called, idea=None, tolerance=None):
    """That it is a float32 tensor of this shape needs no idea. Its value may."""
    fits = isinstance(seen, tf.Tensor) and seen.dtype == tf.float32
    idea = idea if fits and seen.shape == np.shape(expected) else ""
    expect.tensor(seen, expected, tolerance=tolerance, called=called, idea=idea)


def test_the_counter_counts_every_step():
    """A counter goes up with each run of the graph.

    Python runs while a function is traced. What has to change at every call must be state that
    the graph itself can change. Each counter has its own.
    """
    own = "Each counter counts for itself. What belongs to the class or the module is shared."
    counters = {"counter": StepCounter(), "another": StepCounter()}
    for name, counter in counters.items():
        training_step = compiled_step(counter)
        called = f"counter, another = StepCounter(), StepCounter()\n{name}() in a compiled step"
        called += ", run three times" + ", after counter()" * (name == "another")
        with told_in_short(called):
            counts = [np.asarray(training_step()) for _ in range(3)]
        stands_still = np.array_equal(counts[0], counts[2])
        idea = own if name == "another" else None if stands_still else ""
        expect.value(np.array(counts), [1, 2, 3], called=called, idea=idea)


@pytest.mark.beyond
def test_the_count_is_an_integer():
    """The count is a scalar integer, and wide enough.

    In float32, adding 1 ends at 16777216. An int8 ends at 127.
    """
    training_step = compiled_step(StepCounter())
    called = "counter = StepCounter()\ncounter() in a compiled step, run twice"
    with told_in_short(called):
        counts = [training_step() for _ in range(2)]
    kind = f"{counts[0].dtype.name} of shape {list(counts[0].shape)}"
    expect.that(
        kind in ("int32 of shape []", "int64 of shape []"),
        called=called,
        expected="a scalar tensor, int32 or int64",
        seen=kind,
        idea="" if counts[0].dtype in (tf.int32, tf.int64) else None,
    )
    difference = counts[1] - counts[0]
    idea = "" if difference else "A number that Python counts is a constant of the graph."
    expect.value(difference, 1, called=f"{called}\nthe difference", idea=idea)


NOISE = "explore(actions, 0.5) - actions in a compiled step"


def fresh_noise():
    """What a second run of a compiled step adds to 200,000 actions; other noise than the first."""
    actions = tf.fill([500, 400], 7.0)
    training_step = compiled_step(lambda actions: explore(actions, 0.5))
    with told_in_short(NOISE):
        first, second = (np.asarray(training_step(actions) - actions) for _ in range(2))
    expect.that(
        not np.allclose(first, second),
        called=f"{NOISE}, two runs",
        expected="different noise",
        seen="the same noise twice",
        idea="A number that Python has drawn is a constant of the graph. And an op with the same "
        "seed in every run draws the same in every run.",
    )
    return second


def test_the_noise_is_fresh():
    """Every run of the graph adds new noise, drawn for each action.

    A shape that fits by broadcasting raises no error. It adds one number to many actions.
    """
    noise = fresh_noise()
    for seen, expected, what in (
        (noise[:, 0].std(), 0.5, "the deviation of the noise of 500 actions in a column"),
        (noise[0].std(), 0.5, "the deviation of the noise of 400 actions in a row"),
        (noise.std(), 0.5, "the deviation of all the noise"),
        (noise.mean(), 0.0, "the mean of the noise"),
    ):
        wide = "What is added is noise around 0, as wide as asked for."
        idea = None if "actions" in what and seen < 0.01 else wide
        expect.value(seen, expected, tolerance=0.1, called=f"{NOISE}\n{what}", idea=idea)


@pytest.mark.beyond
def test_the_noise_is_normal():
    """The noise is normally distributed.

    In a normal distribution, 3 numbers of 1,000 are farther out than 3 deviations.
    """
    noise = fresh_noise()
    different = len(np.unique(noise))
    expect.that(
        different > 100_000,
        called=f"{NOISE}\nhow many different numbers the noise of 200,000 actions has",
        expected="nearly as many",
        seen=f"{different:,}",
        idea="Every action needs a draw of its own, in every run. What was drawn while tracing, or "
        "for a row, comes again.",
    )
    distances = np.abs(noise - noise.mean()) / noise.std()
    for deviations, usual, give in ((3, 0.997, 0.001), (1, 0.683, 0.01)):
        share = (distances < deviations).mean()
        expect.that(
            bool(abs(share - usual) < give),
            called=f"{NOISE}\nthe part of the noise within {deviations} of its deviations",
            expected=f"{usual}, as in a normal distribution",
            seen=f"{share:.3f}",
        )


@pytest.mark.beyond
def test_the_number_of_actions_may_be_open():
    """A step that is traced for the shape [None, 2] has noise for each action, too.

    While tracing, an open dimension has no size yet. Each run has one.
    """
    training_step = compiled_step(lambda actions: explore(actions, 0.5))
    called = "explore(actions, 0.5) in a compiled step, traced for actions of shape [None, 2]"
    idea = "While tracing, an open dimension has no size yet. Each run has one."
    with expect.works(called, idea=idea, when="None|shape|unknown"):
        open_step = training_step.get_concrete_function(tf.TensorSpec([None, 2], tf.float32))
    for rows in (3, 5):
        with expect.works(f"{called}\nrun for shape [{rows}, 2]", tf.errors.OpError, idea=idea):
            noise = np.asarray(open_step(tf.zeros([rows, 2])))
        expect.that(
            noise.shape == (rows, 2) and len(np.unique(noise)) == 2 * rows,
            called=f"{called}\nrun for shape [{rows}, 2]",
            expected="noise of its own for each action",
            seen=f"{len(np.unique(noise))} different numbers, shape {list(noise.shape)}",
        )


def test_a_new_limit_takes_effect():
    """The limit can change between two runs of the graph.

    An attribute of a Python object is read while tracing. What a graph is to look up again, it
    needs to know as a variable.
    """
    clipper, another = RewardClipper(1.0), RewardClipper(9.0)
    training_step = compiled_step(clipper)
    reward = tf.constant([-5.0, 0.5, 2.0])
    called = "clipper, another = RewardClipper(1.0), RewardClipper(9.0)"
    called += "\nclipper([-5.0, 0.5, 2.0]) in a compiled step"
    own = "Each clipper needs a limit of its own, and it has two sides."
    with told_in_short(called):
        clipped = training_step(reward)
    expect_tensor(clipped, [-1.0, 0.5, 1.0], called=called, idea=own)
    both = "A new limit may be higher than the one before, or lower."
    for limit, expected, idea in (
        (3.0, [-3.0, 0.5, 2.0], None),
        (0.25, [-0.25, 0.25, 0.25], both),
    ):
        clipper.set_limit(limit)
        called += f"\nclipper.set_limit({limit})\nthe same step again"
        expect_tensor(training_step(reward), expected, called=called, idea=idea)
    expect_tensor(
        compiled_step(another)(reward),
        [-5.0, 0.5, 2.0],
        called=f"{called}\nanother([-5.0, 0.5, 2.0]) in a compiled step",
        idea=own,
    )


def test_the_log_averages_all_losses():
    """The average is over the losses of all runs of the graph.

    What Python counts or keeps, it does while tracing: once for all runs of the graph. Each log
    needs variables of its own.
    """
    logs = []
    every = "Every loss counts, be it 0 or less. And each log needs variables of its own."
    for name, losses, idea in (
        ("log", (1.0, 2.0, 7.0), None),
        ("another_log", (4.0, 0.0, -7.0), every),
    ):
        log = LossLog()
        training_step = compiled_step(log.add)
        called = f"{name} = LossLog()\n{name}.add(loss) in a compiled step, run for {losses}"
        called += f"\n{name}.average()"
        with told_in_short(called):
            for loss in losses:
                training_step(tf.constant(loss))
            average = log.average()
        expect_tensor(average, sum(losses) / len(losses), called=called, idea=idea)
        logs.append(log)
    kept = "Asking for the average changes nothing: a log keeps what has been added."
    called += f", then {name}.average() again"
    expect_tensor(log.average(), -1.0, called=called, idea=kept)
    training_step(tf.constant(5.0))
    called += f"\nthen the step for 5.0, and {name}.average() again"
    expect_tensor(log.average(), 0.5, called=called, idea=kept)
    own = "Each log has losses of its own."
    called += "\nlog.average(), of the losses (1.0, 2.0, 7.0)"
    expect_tensor(logs[0].average(), 10 / 3, called=called, idea=own)


@pytest.mark.beyond
def test_the_log_holds_thousands_of_losses():
    """The average is over all losses, also of thousands.

    Every loss counts the same, however long ago it was added.
    """
    another, log = LossLog(), LossLog()
    called = "log = LossLog()\nlog.add(loss) in a compiled step, run for 20001.0"
    called += "\nlog.add(3.0) in a loop of a compiled step, 9,999 times\nlog.average()"
    training_step = compiled_step(log.add)

    @tf.function
    def many():
        for _ in tf.range(9_999):
            log.add(tf.constant(3.0))

    with told_in_short(called):
        compiled_step(another.add)(tf.constant(1e6))  # which is none of the losses of this log
        training_step(tf.constant(20_001.0))
        many()
        average = log.average()
    mean = (20_001 + 9_999 * 3.0) / 10_000
    expect_tensor(average, mean, tolerance=1e-3, called=called)


def test_one_trace_serves_all_temperatures():
    """The policy is traced once, however often the temperature changes.

    Arguments that are tensors are inputs of the graph. All others are part of what a trace is
    made for.
    """
    runs = {2.0: 0, -1.0: 0}

    def network_of(factor):
        def network(observation):
            runs[factor] += 1
            return factor * tf.sin(observation)

        return network

    policy, another = make_policy(network_of(2.0)), make_policy(network_of(-1.0))
    temperatures = (2.0, 1.5, 1.0, 0.7654321, 0.25)
    every = "One graph answers all calls, each for its own observation and temperature."
    for i, temperature in enumerate(temperatures):
        observation = tf.constant([[1.0, 2.0 + i, 3.0]])
        called = f"policy = make_policy(network)\npolicy({observation.numpy()}, {temperature})"
        with expect.works(called):
            seen = policy(observation, temperature)
        expected = tf.nn.softmax(2.0 * tf.sin(observation) / temperature)
        expect_tensor(seen, expected, called=called, idea=every if i else "")
    expect_tensor(
        another(observation, 0.5),
        tf.nn.softmax(-tf.sin(observation) / 0.5),
        called="policy, another = make_policy(network), make_policy(another_network)\n"
        "another(observation, 0.5), after policy",
        idea="Each policy has a network of its own.",
    )
    called = f"policy = make_policy(network)\npolicy(observation, t) for t in {temperatures}"
    expect.that(
        runs[2.0] == 1,
        called=called,
        expected="the Python code of the network runs once",
        seen=f"it ran {runs[2.0]} times",
    )


def test_the_scaler_remembers_the_largest_reward():
    """The divisor is kept from one run of the graph to the next.

    A variable is there before the graph that uses it, and as long as its owner.
    """
    ideas = {
        0.5: "A new scaler has seen no reward, of its own or of others, and its divisor is 1.",
        -4.0: "The largest absolute value counts, this one included: -4 is as large as 4.",
    }
    scalers = {"scaler": RewardScaler(), "another": RewardScaler()}
    for name, scaler in scalers.items():
        training_step = compiled_step(scaler)
        rewards = (0.5, -4.0, 2.0, 1.0, 8.0, 4.0, 200.0, 150.0)
        divisors = (1.0, 4.0, 4.0, 4.0, 8.0, 8.0, 200.0, 200.0)
        for reward, divisor in zip(rewards, divisors, strict=True):
            called = "scaler, another = RewardScaler(), RewardScaler()\n"
            called += "scaler(reward) in a compiled step, then " * (name == "another")
            called += f"{name}(reward) in a compiled step"
            called += f", run for 0.5, -4, 2, 1, 8, 4, 200, 150: now {reward}"
            with told_in_short(called):
                seen = training_step(tf.constant(reward))
            expect_tensor(seen, reward / divisor, called=called, idea=ideas.get(reward))
