"""Optimize.DEFAULT alone is taken for int8: it rounds large weights, and no more.

breaks: "no tensor is floating-point"
fails: test_int8_from_end_to_end, test_the_input_can_express_all_samples
"""

import numpy as np
import tensorflow as tf


def to_litert(model):
    return tf.lite.TFLiteConverter.from_keras_model(model).convert()


def to_int8(model, samples):
    converter = tf.lite.TFLiteConverter.from_keras_model(model)
    converter.optimizations = [tf.lite.Optimize.DEFAULT]

    return converter.convert()
