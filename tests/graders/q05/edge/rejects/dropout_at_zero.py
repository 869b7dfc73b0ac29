"""Dropout is switched off by hand, in the model itself.

breaks: "A conversion changes nothing in the model"
fails: test_to_litert_changes_nothing_in_the_model
"""

import numpy as np
import tensorflow as tf


def to_litert(model):
    for layer in model.layers:
        if hasattr(layer, "rate"):
            layer.rate = 0.0
    return tf.lite.TFLiteConverter.from_keras_model(model).convert()


def to_int8(model, samples):
    converter = tf.lite.TFLiteConverter.from_keras_model(model)
    converter.optimizations = [tf.lite.Optimize.DEFAULT]
    converter.representative_dataset = lambda: ([row[None]] for row in samples)
    converter.target_spec.supported_ops = [tf.lite.OpsSet.TFLITE_BUILTINS_INT8]
    converter.inference_input_type = tf.int8
    converter.inference_output_type = tf.int8
    return converter.convert()
