"""Tests of `discounted_returns`: the right values, from one graph, for every length."""

import re
from contextlib import contextmanager

import numpy as np
import pytest
import tensorflow as tf

from dojo import expect
from katas.q06.returns import discounted_returns

CALL = "discounted_returns(rewards, gamma)"
EMPTY = "A graph for all lengths is one for length 0, too. Only its run knows the length."
# What TensorFlow says of the usual mistakes, and the idea behind each.
FORESEEN = {
    "has no attribute 'numpy'": "While a function is traced, a tensor has no value yet. `.numpy()` "
    "has nothing to give.",
    "does not match|same type|dtype": "A loop of the graph keeps the dtype of everything that it "
    "hands on. A start of 0 is an int32, and the sum that follows a float32.",
    "None|len is not well defined|Cannot infer|`size` must be provided": "While a function is "
    "traced for the shape [None], the length is a tensor, not a number.",
}


def episode(length):
    rewards = np.random.default_rng(length).normal(size=length)
    return tf.constant(rewards, tf.float32)


def by_definition(rewards, gamma):
    """The returns as they are defined, computed in float64."""
    r = rewards.numpy().astype("float64")
    return np.array([gamma ** np.arange(len(r) - t) @ r[t:] for t in range(len(r))], "float32")


def traced(length):
    """The concrete function for episodes of this length; None leaves it open."""
    rewards, gamma = tf.TensorSpec([length], tf.float32), tf.TensorSpec([], tf.float32)
    with explained(f"tf.function(discounted_returns), traced for rewards of shape [{length}]"):
        return tf.function(discounted_returns).get_concrete_function(rewards, gamma)


@contextmanager
def explained(called):
    """The block raises nothing. A usual mistake is told with its idea."""
    try:
        yield
    except Exception as error:
        expect.that(
            "out of scope" not in str(error),
            called=called,
            expected="no exception",
            seen="a tensor from the body of a loop, used outside of the loop",
            idea="Such a tensor exists within the loop only. A Python list cannot carry it out.",
        )
        ideas = [idea for words, idea in FORESEEN.items() if re.search(words, str(error))]
        with expect.works(called, idea="".join(ideas[:1])):
            raise


def expect_returns(seen, rewards, gamma, *, called, idea=None, tolerance=1e-4):
    """They are finite, and those of the definition. `idea` is about the values only."""
    right = by_definition(rewards, gamma)
    is_float = isinstance(seen, tf.Tensor) and seen.dtype.is_floating
    if is_float:
        wrong = np.flatnonzero(~np.isfinite(seen))
        expect.that(
            not wrong.size,
            called=called,
            expected="finite numbers only",
            seen=f"{wrong.size} of {len(rewards)} are not, the first at index {wrong[:1]}",
            idea=None if idea else idea,
        )
    fits = is_float and seen.dtype == tf.float32 and seen.shape == right.shape
    idea = idea if fits else ""
    expect.tensor(seen, right, tolerance=tolerance, called=called, idea=idea)


def test_returns_look_ahead():
    """A return is the sum of this and the later rewards, discounted.

    A reward counts for the steps that led to it, the less the longer ago they were.
    """
    for length, gamma in ((1, 0.5), (2, 0.5), (5, 0.9), (40, 0.5), (5, 0.01), (5, 0.999)):
        rewards = episode(length)
        called = f"{CALL} for rewards of shape [{length}] and gamma {gamma}"
        with explained(called):
            seen = discounted_returns(rewards, tf.constant(gamma))
        expect_returns(seen, rewards, gamma, tolerance=None, called=called)


def test_long_episodes_stay_exact():
    """Returns are exact in an episode of hundreds of steps.

    Every step looks ahead to the end of the episode, however far that is. But in float32, a high
    power of a number below 1 is 0.
    """
    for length, gamma in ((300, 0.5), (900, 0.99), (900, 0.1)):
        rewards = episode(length)
        called = f"{CALL} for rewards of shape [{length}] and gamma {gamma}"
        with explained(called):
            returns = discounted_returns(rewards, tf.constant(gamma))
            short = discounted_returns(rewards[:5], tf.constant(gamma))
        # Where a short episode is wrong already, its length is not to blame.
        right = np.shape(short) == (5,) and np.allclose(short, by_definition(rewards[:5], gamma))
        idea = None if right else ""
        expect_returns(returns, rewards, gamma, called=called, idea=idea)


@pytest.mark.beyond
def test_gamma_may_be_0_or_1():
    """With gamma 0, only a step's own reward counts; with gamma 1, all later ones count in full.

    0 has no logarithm, and nothing can be divided by its powers. With 1, no reward fades away.
    """
    for length, gamma, idea in (
        (5, 0.0, "With gamma 0, a return is the reward itself."),
        (400, 0.0, "With gamma 0, a return is the reward itself."),
        (300, 1.0, "With gamma 1, a return is the plain sum of the rewards from here on."),
    ):
        rewards = episode(length)
        called = f"{CALL} for rewards of shape [{length}] and gamma {gamma}"
        with explained(called):
            returns = discounted_returns(rewards, tf.constant(gamma))
        expect_returns(returns, rewards, gamma, called=called, idea=idea)


def test_one_graph_serves_every_length():
    """Traced for an unknown length, it gives what it gives eagerly.

    While a function is traced for the shape [None], the length is no Python number. It is a
    tensor that each run computes.
    """
    graph = traced(None)
    for length, gamma in ((3, 0.9), (1, 0.9), (12, 0.5), (200, 0.99)):
        rewards, discount = episode(length), tf.constant(gamma)
        called = f"{CALL}, traced for shape [None], run for shape [{length}] and gamma {gamma}"
        with explained(called):
            seen = graph(rewards, discount)
        eagerly = discounted_returns(rewards, discount)
        expect.tensor(seen, eagerly, tolerance=1e-4, called=called)


@pytest.mark.beyond
def test_an_empty_episode_has_no_returns():
    """An episode without steps has no returns, and is no error.

    Where lengths vary, the length 0 comes up one day.
    """
    called = f"{CALL} for rewards of shape [0]"
    with expect.works(called):
        seen = discounted_returns(tf.zeros([0]), tf.constant(0.9))
    expect.tensor(seen, np.zeros([0], "float32"), called=called)


@pytest.mark.beyond
def test_an_empty_episode_in_a_graph():
    """The graph for every length takes an episode without steps, too.

    A check of the length in Python is part of the trace, where the length is still open.
    """
    called = f"{CALL}, traced for shape [None], run for shape [0]"
    graph = traced(None)
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
    for how in ("", ", traced for shape [None]"):
        call = traced(None) if how else discounted_returns
        with tf.GradientTape() as tape:
            tape.watch(rewards)
            with explained(f"{CALL} for rewards [1, 2, 3] and gamma 0.5{how}"):
                total = tf.reduce_sum(call(rewards, gamma))
        raised = [call(rewards + tf.one_hot(t, 3), gamma) for t in range(3)]
        expect.tensor(
            tape.gradient(total, rewards),
            [tf.reduce_sum(returns).numpy() - total.numpy() for returns in raised],
            tolerance=1e-4,
            called=f"the gradient of the sum of the returns with respect to the rewards{how}",
        )


def test_the_graph_needs_no_python():
    """The graph holds no op that calls back into Python.

    A graph that does can neither be saved for another process nor be compiled by XLA. It also
    waits for the interpreter at every run.
    """
    for length in (5, None):
        expect.ops(
            traced(length),
            none_of=("EagerPyFunc", "PyFunc", "PyFuncStateless"),
            called=f"tf.function(discounted_returns), traced for rewards of shape [{length}]",
        )
