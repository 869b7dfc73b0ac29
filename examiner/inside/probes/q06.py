"""Probes of q06."""

from __future__ import annotations

from types import ModuleType
from typing import Any

import numpy as np
import tensorflow as tf

Array = np.ndarray[Any, Any]


def episodes(
    stub: ModuleType, rewards: list[Array], weights: list[Array], gammas: list[float]
) -> list[Any]:
    """The returns of each episode, called eagerly; by one graph; and the weighted gradients."""

    def returns_and_gradient(
        rewards: tf.Tensor, weights: tf.Tensor, gamma: tf.Tensor
    ) -> tuple[tf.Tensor, tf.Tensor]:
        with tf.GradientTape() as tape:
            tape.watch(rewards)
            returns = stub.discounted_returns(rewards, gamma)
        return returns, tape.gradient(returns, rewards, output_gradients=weights)

    vector, scalar = tf.TensorSpec([None], tf.float32), tf.TensorSpec([], tf.float32)
    graph = tf.function(returns_and_gradient, input_signature=[vector, vector, scalar])
    discounts = [tf.constant(gamma, tf.float32) for gamma in gammas]
    eager = [
        stub.discounted_returns(tf.constant(each), gamma)
        for each, gamma in zip(rewards, discounts, strict=True)
    ]
    found = [graph(*episode) for episode in zip(rewards, weights, discounts, strict=True)]
    return [eager, [returns for returns, _ in found], [gradient for _, gradient in found]]


def loops(stub: ModuleType, loops: list[dict[str, Any]]) -> list[Any]:
    """What each piece gives in one loop after the other, each of which has its own."""
    return [a_loop(stub, **each) for each in loops]


def a_loop(
    stub: ModuleType,
    rewards: Array,
    limits: list[float],
    observations: Array,
    temperatures: list[float],
    kernel: Array,
) -> list[Any]:
    """What each piece gives at each step of a compiled loop: all but the noise."""
    counter, log, scaler = stub.StepCounter(), stub.LossLog(), stub.RewardScaler()
    clipper = stub.RewardClipper(limits[0])
    policy = stub.make_policy(lambda observation: observation @ kernel)

    def step(reward: tf.Tensor) -> tuple[tf.Tensor, tf.Tensor, tf.Tensor]:
        log.add(reward)
        return counter(), clipper(reward), scaler(reward)

    compiled = tf.function(step)
    seen = []
    for reward, limit, observation, temperature in zip(
        rewards, limits, observations, temperatures, strict=True
    ):
        clipper.set_limit(limit)
        count, clipped, scaled = compiled(tf.constant(reward))
        likely = policy(tf.constant(observation), temperature)
        seen.append([int(count), clipped, scaled, log.average(), likely])
    return seen
