"""Tests of `discounted_returns`: the right values, from one graph, for every length."""

import numpy as np
import tensorflow as tf

from dojo import expect
from katas.q06.returns import discounted_returns

CALL = "discounted_returns(rewards, gamma)"


def episode(length):
    rewards = np.random.default_rng(length).normal(size=length)
    return tf.constant(rewards, tf.float32)


def by_definition(rewards, gamma):
    """The returns as they are defined, in float64."""
    r = rewards.numpy().astype("float64")
    return [sum(gamma ** (k - t) * r[k] for k in range(t, len(r))) for t in range(len(r))]


def traced(length):
    """The concrete function for episodes of this length; None leaves it open."""
    called = f"tf.function(discounted_returns), traced for rewards of shape [{length}]"
    with expect.works(called):
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
    for length, gamma in ((1, 0.5), (2, 0.5), (5, 0.9), (40, 0.5), (5, 1.0)):
        rewards = episode(length)
        expect.tensor(
            discounted_returns(rewards, tf.constant(gamma)),
            np.array(by_definition(rewards, gamma), "float32"),
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

    In float32, a high power of a number below 1 is 0.
    """
    for length, gamma in ((300, 0.5), (300, 0.99), (4, 0.0)):
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
        right = np.array(by_definition(rewards, gamma), "float32")
        expect.tensor(returns, right, tolerance=1e-4, called=called)


def test_one_graph_serves_every_length():
    """Traced for an unknown length, it gives what it gives eagerly.

    While a function is traced for the shape [None], the length is no Python number; it is a
    tensor that each run computes.
    """
    graph = traced(None)
    gamma = tf.constant(0.9)
    for length in (3, 1, 12):
        rewards = episode(length)
        called = f"{CALL}, traced for shape [None], run for shape [{length}]"
        with expect.works(called):
            seen = graph(rewards, gamma)
        expect.tensor(seen, discounted_returns(rewards, gamma), called=called)


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
    expect.ops(
        traced(5),
        none_of=("EagerPyFunc", "PyFunc", "PyFuncStateless"),
        called="tf.function(discounted_returns), traced for rewards of shape [5]",
    )
