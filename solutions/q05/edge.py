"""Bring a model to a small camera, which has LiteRT and a chip for integers."""

import keras
import numpy as np
import tensorflow as tf


def to_litert(model: keras.Model) -> bytes:
    return tf.lite.TFLiteConverter.from_keras_model(model).convert()


def to_int8(model: keras.Model, samples: np.ndarray) -> bytes:
    converter = tf.lite.TFLiteConverter.from_keras_model(model)
    converter.optimizations = [tf.lite.Optimize.DEFAULT]
    # One call of the model per item: a list with an array for each input, a batch of one row.
    converter.representative_dataset = lambda: ([row[np.newaxis]] for row in samples)
    converter.target_spec.supported_ops = [tf.lite.OpsSet.TFLITE_BUILTINS_INT8]
    converter.inference_input_type = tf.int8
    converter.inference_output_type = tf.int8
    return converter.convert()
