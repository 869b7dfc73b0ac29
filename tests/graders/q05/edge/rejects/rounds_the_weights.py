"""The weights of the model itself are rounded to bfloat16 before the conversion.

breaks: "A conversion changes nothing in the model"
fails: test_to_int8_changes_nothing_in_the_model
"""

import tensorflow as tf


def to_litert(model):
    return tf.lite.TFLiteConverter.from_keras_model(model).convert()


def to_int8(model, samples):
    rounded = [tf.cast(tf.cast(w, tf.bfloat16), tf.float32) for w in model.get_weights()]
    model.set_weights([w.numpy() for w in rounded])
    converter = tf.lite.TFLiteConverter.from_keras_model(model)
    converter.optimizations = [tf.lite.Optimize.DEFAULT]
    converter.representative_dataset = lambda: ([row[None]] for row in samples)
    converter.target_spec.supported_ops = [tf.lite.OpsSet.TFLITE_BUILTINS_INT8]
    converter.inference_input_type = tf.int8
    converter.inference_output_type = tf.int8
    return converter.convert()
