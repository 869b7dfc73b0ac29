"""The file is written, and its path is returned.

breaks: "The content of a .tflite file"
fails: test_the_camera_computes_what_the_model_computes, test_nothing_is_rounded_unasked
"""

import tempfile
from pathlib import Path

import tensorflow as tf


def to_litert(model):
    path = Path(tempfile.mkdtemp()) / "model.tflite"
    path.write_bytes(tf.lite.TFLiteConverter.from_keras_model(model).convert())
    return path


def to_int8(model, samples):
    converter = tf.lite.TFLiteConverter.from_keras_model(model)
    converter.optimizations = [tf.lite.Optimize.DEFAULT]
    converter.representative_dataset = lambda: ([row[None]] for row in samples)
    converter.target_spec.supported_ops = [tf.lite.OpsSet.TFLITE_BUILTINS_INT8]
    converter.inference_input_type = tf.int8
    converter.inference_output_type = tf.int8
    return converter.convert()
