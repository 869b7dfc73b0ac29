"""All samples as one batch: ranges are the same, however many rows a batch has."""

import tensorflow as tf


def to_litert(model):
    return bytearray(tf.lite.TFLiteConverter.from_keras_model(model).convert())


def to_int8(model, samples):
    converter = tf.lite.TFLiteConverter.from_keras_model(model)
    converter.optimizations = [tf.lite.Optimize.DEFAULT]
    converter.representative_dataset = lambda: [[samples]]
    converter.target_spec.supported_ops = [tf.lite.OpsSet.TFLITE_BUILTINS_INT8]
    converter.inference_input_type = tf.int8
    converter.inference_output_type = tf.int8
    return converter.convert()
