"""Probes of q08."""

from __future__ import annotations

import operator
from types import ModuleType
from typing import Any

import numpy as np
import tensorflow as tf

Array = np.ndarray[Any, Any]


def numbers(
    stub: ModuleType,
    states: list[Any],
    shares: list[Any],
    machines: list[Any],
) -> list[Any]:
    """The bytes of each state, and of each share of one; and the tool for each machine.

    Each is a number, the one argument without a name, and options.
    """
    return [
        [operator.index(stub.training_bytes(size, **options)) for size, options in states],
        [float(stub.bytes_per_device(size, **options)) for size, options in shares],
        [str(stub.choose(size, **options)) for size, options in machines],
    ]


def training(
    stub: ModuleType, x: Array, y: Array, weight: float, options: dict[str, Any]
) -> list[Any]:
    """Losses, w and b of a training on two logical devices."""
    (cpu,) = tf.config.list_physical_devices("CPU")
    tf.config.set_logical_device_configuration(cpu, [tf.config.LogicalDeviceConfiguration()] * 2)

    def per_example(predictions: tf.Tensor, targets: tf.Tensor) -> tf.Tensor:
        weights = tf.where(predictions > targets, weight, 2 * weight)
        return tf.reduce_sum(weights * (predictions - targets) ** 2, axis=1)

    strategy = tf.distribute.MirroredStrategy(["CPU:0", "CPU:1"])
    losses, (w, b) = stub.train(strategy, x, y, per_example, **options)
    return [np.asarray([float(loss) for loss in losses], np.float32), as_floats(w), as_floats(b)]


def as_floats(values: Any) -> Array:
    return np.asarray(values, np.float32)
