"""The camera runs float models as they are, and integer models with numbers of its own."""

from __future__ import annotations

import numpy as np
import pytest
import tensorflow as tf

from lab.litert import Camera

WEIGHTS = np.float32([[0.5], [-1.0]])
FRAMES = np.random.default_rng(5).uniform(-0.2, 1, [20, 2]).astype("float32")


@tf.function(input_signature=[tf.TensorSpec([1, 2], tf.float32)])
def network(x: tf.Tensor) -> tf.Tensor:
    return x @ WEIGHTS


def converted(*, integers: bool) -> bytes:
    converter = tf.lite.TFLiteConverter.from_concrete_functions([network.get_concrete_function()])
    if integers:
        converter.optimizations = [tf.lite.Optimize.DEFAULT]
        converter.representative_dataset = lambda: ([frame[np.newaxis]] for frame in FRAMES)
        converter.target_spec.supported_ops = [tf.lite.OpsSet.TFLITE_BUILTINS_INT8]
        converter.inference_input_type = converter.inference_output_type = tf.int8
    content: bytes = converter.convert()
    return content


def test_floats_go_through() -> None:
    camera = Camera(converted(integers=False))
    assert (camera.input_dtype, camera.output_dtype) == ("float32", "float32")
    assert camera.kinds == {"float32"}
    np.testing.assert_array_equal(camera.input_range, [-np.inf, np.inf])
    np.testing.assert_allclose(camera(FRAMES), FRAMES @ WEIGHTS, rtol=1e-5)


def test_integers_stand_for_numbers() -> None:
    camera = Camera(converted(integers=True))
    assert (camera.input_dtype, camera.output_dtype) == ("int8", "int8")
    assert "float32" not in camera.kinds
    np.testing.assert_allclose(camera.input_range, [FRAMES.min(), FRAMES.max()], atol=0.02)
    np.testing.assert_allclose(camera(FRAMES), FRAMES @ WEIGHTS, atol=0.03)


def test_what_cannot_be_expressed_is_cut_off() -> None:
    camera = Camera(converted(integers=True))
    _, high = camera.input_range
    beyond, edge = np.float32([[100 * high, 0], [high, 0]])
    np.testing.assert_array_equal(camera(beyond[np.newaxis]), camera(edge[np.newaxis]))
    assert camera(beyond[np.newaxis])[0, 0] == pytest.approx(high / 2, abs=0.03)
