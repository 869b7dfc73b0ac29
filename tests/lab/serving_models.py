"""Models for the server's tests: what the public ones compute, saved by code of our own."""

from __future__ import annotations

from pathlib import Path

import tensorflow as tf

FEATURES = {"x": tf.io.FixedLenFeature([1], tf.float32, [0.0])}


class Half(tf.Module):
    """y is x / 2 plus a number; for tensors, and for serialized Examples."""

    def __init__(self, plus: float):
        super().__init__()
        self.plus = tf.Variable(float(plus))

    def of(self, x: tf.Tensor) -> tf.Tensor:
        return x * 0.5 + self.plus

    @tf.function(input_signature=[tf.TensorSpec([None, 1], tf.float32, name="x")], autograph=False)
    def predict(self, x: tf.Tensor) -> dict[str, tf.Tensor]:
        return {"y": self.of(x)}

    @tf.function(input_signature=[tf.TensorSpec([None], tf.string, name="inputs")], autograph=False)
    def regress(self, inputs: tf.Tensor) -> dict[str, tf.Tensor]:
        return {"outputs": self.of(tf.io.parse_example(inputs, FEATURES)["x"])}

    @tf.function(input_signature=[tf.TensorSpec([None], tf.string, name="inputs")], autograph=False)
    def classify(self, inputs: tf.Tensor) -> dict[str, tf.Tensor]:
        return {"scores": self.of(tf.io.parse_example(inputs, FEATURES)["x"])}


def save_half(base: Path, version: int | str, plus: float) -> None:
    half = Half(plus)
    signatures = {
        "serving_default": half.predict,
        "regress_x_to_y": half.regress,
        "classify_x_to_y": half.classify,
    }
    tf.saved_model.save(half, str(base / str(version)), signatures=signatures)


class Echo(tf.Module):
    """Gives its inputs back, under other names."""

    @tf.function(
        input_signature=[
            tf.TensorSpec([None], tf.string, name="text"),
            tf.TensorSpec([None, None], tf.int32, name="numbers"),
        ],
        autograph=False,
    )
    def echo(self, text: tf.Tensor, numbers: tf.Tensor) -> dict[str, tf.Tensor]:
        return {"said": text, "said_bytes": text, "sum": tf.reduce_sum(numbers, 1)}


class Wait(tf.Module):
    """Computes for a long time: the sum of the first n numbers, one by one."""

    @tf.function(input_signature=[tf.TensorSpec([1], tf.int64, name="n")], autograph=False)
    def count(self, n: tf.Tensor) -> dict[str, tf.Tensor]:
        def body(i: tf.Tensor, total: tf.Tensor) -> tuple[tf.Tensor, tf.Tensor]:
            return i + 1, total + i

        zero = tf.constant(0, tf.int64)
        total = tf.while_loop(lambda i, _: i < n[0], body, [zero, zero])[1]
        return {"total": total[None]}


def save(module: tf.Module, method: str, base: Path, version: int | str = 1) -> None:
    signature = getattr(module, method)
    tf.saved_model.save(module, str(base / str(version)), signatures=signature)
