"""What ran for a call, and where."""

from __future__ import annotations

import pytest
import tensorflow as tf

from lab.executed import executed

X = tf.ones([2, 2])


def product() -> tf.types.experimental.GenericFunction:
    @tf.function
    def multiply() -> tf.Tensor:
        with tf.device("CPU:0"):
            return tf.linalg.matmul(X, X)

    return multiply


def devices_of_products(function: tf.types.experimental.GenericFunction) -> list[str]:
    """On some processors the product is oneDNN's, whose op is named _MklMatMul."""
    return [node.device for node in executed(function) if node.op.endswith("MatMul")]


def test_an_op_is_told_with_its_device() -> None:
    (device,) = devices_of_products(product())
    assert device.endswith("CPU:0")


def test_a_graph_is_told_when_it_runs_first() -> None:
    function = product()
    assert [len(devices_of_products(function)) for _ in range(2)] == [1, 0]


def test_what_raises_ends_the_recording() -> None:
    with pytest.raises(ZeroDivisionError):
        executed(lambda: 1 / 0)
    assert len(devices_of_products(product())) == 1
