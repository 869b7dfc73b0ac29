"""A copy of the architecture is converted, with new random weights.

breaks: "which computes what `model.predict` does"
fails: test_the_camera_computes_what_the_model_computes
"""

import numpy as np
import tensorflow as tf


def to_litert(model):
    copy = type(model).from_config(model.get_config())
    return tf.lite.TFLiteConverter.from_keras_model(copy).convert()


def to_int8(model, samples):
    converter = tf.lite.TFLiteConverter.from_keras_model(model)
    converter.optimizations = [tf.lite.Optimize.DEFAULT]
    converter.representative_dataset = lambda: ([row[None]] for row in samples)
    converter.target_spec.supported_ops = [tf.lite.OpsSet.TFLITE_BUILTINS_INT8]
    converter.inference_input_type = tf.int8
    converter.inference_output_type = tf.int8
    return converter.convert()
