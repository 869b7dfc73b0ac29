"""Tests of `discounted_returns`: the right values, from one graph, for every length."""

import numpy as np
import tensorflow as tf

from dojo import expect
from katas.q06.returns import discounted_returns

CALL = "discounted_returns(rewards, gamma)"
OPEN = "While a function is traced for the shape [None], the length is a tensor, not a number."
EMPTY = "A graph for all lengths is one for length 0, too; which length it is, only its run knows."


def episode(length):
    rewards = np.random.default_rng(length).normal(size=length)
    return tf.constant(rewards, tf.float32)


def by_definition(rewards, gamma):
    """The returns as they are defined, computed in float64."""
    r = rewards.numpy().astype("float64")
    return np.array([gamma ** np.arange(len(r) - t) @ r[t:] for t in range(len(r))], "float32")


def traced(length):
    """The concrete function for episodes of this length; None leaves it open."""
    called = f"tf.function(discounted_returns), traced for rewards of shape [{length}]"
    with expect.works(called, idea=None if length else OPEN):
        try:
            return tf.function(discounted_returns).get_concrete_function(
                tf.TensorSpec([length], tf.float32), tf.TensorSpec([], tf.float32)
            )
        except (TypeError, ValueError) as error:
            if "out of scope" not in str(error):
                raise
            leak = "a tensor from the body of a loop, used outside of the loop"
            expect.that(False, called=called, expected="a graph", seen=leak)


def test_returns_look_ahead():
    """A return is the sum of this and the later rewards, discounted.

    A reward counts for the steps that led to it, the less the longer ago they were.
    """
    cases = ((1, 0.5), (2, 0.5), (5, 0.9), (40, 0.5), (5, 1.0), (5, 0.01), (5, 0.999))
    for length, gamma in cases:
        rewards = episode(length)
        expect.tensor(
            discounted_returns(rewards, tf.constant(gamma)),
            by_definition(rewards, gamma),
            called=f"{CALL} for rewards of shape [{length}] and gamma {gamma}",
        )


def test_an_empty_episode_has_no_returns():
    """An episode without steps has no returns, and is no error.

    Where lengths vary, the length 0 comes up one day.
    """
    called = f"{CALL} for rewards of shape [0]"
    with expect.works(called):
        seen = discounted_returns(tf.zeros([0]), tf.constant(0.9))
    expect.tensor(seen, np.zeros([0], "float32"), called=called)


def test_long_episodes_stay_exact():
    """Returns are exact in a long episode, and with gamma 0.

    Every step looks ahead to the end of the episode, however far that is. But in float32, a high
    power of a number below 1 is 0.
    """
    for length, gamma, tolerance in (
        (300, 0.5, 1e-4),
        (900, 0.99, 1e-4),
        (900, 0.1, 1e-4),
        (400, 0.0, 1e-5),
    ):
        rewards = episode(length)
        called = f"{CALL} for rewards of shape [{length}] and gamma {gamma}"
        returns = discounted_returns(rewards, tf.constant(gamma))
        wrong = np.flatnonzero(~np.isfinite(returns))
        expect.that(
            not wrong.size,
            called=called,
            expected="finite numbers only",
            seen=f"{wrong.size} of {length} are not, the first at index {wrong[:1]}",
        )
        right = by_definition(rewards, gamma)
        idea = None if gamma else "With gamma 0, a return is the reward itself."
        expect.tensor(returns, right, tolerance=tolerance, called=called, idea=idea)


def test_one_graph_serves_every_length():
    """Traced for an unknown length, it gives what it gives eagerly.

    While a function is traced for the shape [None], the length is no Python number; it is a
    tensor that each run computes.
    """
    graph = traced(None)
    for length, gamma in ((3, 0.9), (1, 0.9), (12, 0.5), (12, 1.0), (200, 0.99)):
        rewards, discount = episode(length), tf.constant(gamma)
        called = f"{CALL}, traced for shape [None], run for shape [{length}] and gamma {gamma}"
        with expect.works(called):
            seen = graph(rewards, discount)
        eagerly = discounted_returns(rewards, discount)
        expect.tensor(seen, eagerly, tolerance=1e-4, called=called)
    called = f"{CALL}, traced for shape [None], run for shape [0]"
    try:
        seen = graph(tf.zeros([0]), tf.constant(0.9))
    except tf.errors.OpError as error:
        told = f"{type(error).__name__}, while the graph was running"
        expect.that(False, called=called, expected="no exception", seen=told, idea=EMPTY)
    expect.tensor(seen, np.zeros([0], "float32"), called=called, idea=EMPTY)


def test_the_graph_does_not_grow_with_the_episode():
    """The graph for 60 steps has the size of the graph for 5.

    A Python loop is run by the trace, which records every round of it. A loop of the graph is
    recorded once.
    """
    sizes = []
    for length in (5, 60):
        graph = traced(length).graph.as_graph_def()
        bodies = [function.node_def for function in graph.library.function]
        sizes.append(sum(map(len, [graph.node, *bodies])))
    expect.that(
        sizes[1] <= sizes[0] + 20,
        called="tf.function(discounted_returns), traced for shapes [5] and [60]",
        expected=f"about {sizes[0]} ops in both graphs",
        seen=f"{sizes[0]} and {sizes[1]} ops",
    )


def test_gradients_reach_the_rewards():
    """The gradient says how the returns move with each reward.

    A reward may come from a model that is trained as well.
    """
    rewards, gamma = tf.constant([1.0, 2.0, 3.0]), tf.constant(0.5)
    with tf.GradientTape() as tape:
        tape.watch(rewards)
        total = tf.reduce_sum(discounted_returns(rewards, gamma))
    raised = [discounted_returns(rewards + tf.one_hot(t, 3), gamma) for t in range(3)]
    expect.tensor(
        tape.gradient(total, rewards),
        [tf.reduce_sum(returns).numpy() - total.numpy() for returns in raised],
        tolerance=1e-4,
        called="the gradient of the sum of the returns with respect to the rewards",
    )


def test_the_graph_needs_no_python():
    """The graph holds no op that calls back into Python.

    A graph that does can neither be saved for another process nor be compiled by XLA, and it
    waits for the interpreter at every run.
    """
    for length in (5, None):
        expect.ops(
            traced(length),
            none_of=("EagerPyFunc", "PyFunc", "PyFuncStateless"),
            called=f"tf.function(discounted_returns), traced for rewards of shape [{length}]",
        )
