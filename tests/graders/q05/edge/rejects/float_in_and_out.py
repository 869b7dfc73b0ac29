"""Integers inside; input and output stay float32, which is the default.

breaks: "input and output are int8"
fails: test_int8_from_end_to_end, test_the_input_can_express_all_samples
"""

import numpy as np
import tensorflow as tf


def to_litert(model):
    return tf.lite.TFLiteConverter.from_keras_model(model).convert()


def to_int8(model, samples):
    converter = tf.lite.TFLiteConverter.from_keras_model(model)
    converter.optimizations = [tf.lite.Optimize.DEFAULT]
    converter.representative_dataset = lambda: ([row[None]] for row in samples)
    converter.target_spec.supported_ops = [tf.lite.OpsSet.TFLITE_BUILTINS_INT8]
    return converter.convert()
