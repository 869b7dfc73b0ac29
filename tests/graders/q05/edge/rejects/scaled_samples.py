"""The samples are brought to 0 to 1 as for training, but the camera's frames are not.

breaks: "For rows like the samples, it computes nearly what `model.predict` does"
fails: test_the_input_can_express_all_samples, test_quantized_outputs_are_close
"""

import numpy as np
import tensorflow as tf


def to_litert(model):
    return tf.lite.TFLiteConverter.from_keras_model(model).convert()


def to_int8(model, samples):
    converter = tf.lite.TFLiteConverter.from_keras_model(model)
    converter.optimizations = [tf.lite.Optimize.DEFAULT]
    converter.representative_dataset = lambda: ([row[None] / 255] for row in samples)
    converter.target_spec.supported_ops = [tf.lite.OpsSet.TFLITE_BUILTINS_INT8]
    converter.inference_input_type = tf.int8
    converter.inference_output_type = tf.int8
    return converter.convert()
