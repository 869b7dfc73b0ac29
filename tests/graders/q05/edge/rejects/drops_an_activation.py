"""The last activation is taken out of the model, and left to the camera.

breaks: "A conversion changes nothing in the model"
fails: test_to_int8_changes_nothing_in_the_model, test_quantized_outputs_are_close
"""

import keras
import tensorflow as tf


def to_litert(model):
    return tf.lite.TFLiteConverter.from_keras_model(model).convert()


def to_int8(model, samples):
    model.layers[-1].activation = keras.activations.linear
    converter = tf.lite.TFLiteConverter.from_keras_model(model)
    converter.optimizations = [tf.lite.Optimize.DEFAULT]
    converter.representative_dataset = lambda: ([row[None]] for row in samples)
    converter.target_spec.supported_ops = [tf.lite.OpsSet.TFLITE_BUILTINS_INT8]
    converter.inference_input_type = tf.int8
    converter.inference_output_type = tf.int8
    return converter.convert()
