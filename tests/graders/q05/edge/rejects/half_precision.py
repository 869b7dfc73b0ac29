"""A smaller file is taken for one without floating-point numbers.

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
    converter.target_spec.supported_types = [tf.float16]
    return converter.convert()
