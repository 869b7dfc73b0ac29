"""The model is frozen for the conversion, and all of it is thawed afterwards.

breaks: "A conversion changes nothing in the model"
fails: test_to_int8_changes_nothing_in_the_model
"""

import keras
import numpy as np
import tensorflow as tf
from tensorflow.python.framework.convert_to_constants import convert_variables_to_constants_v2


def converter(model, batch=1):
    (x,) = model.inputs
    f = tf.function(
        lambda a: model(a, training=False),
        input_signature=[tf.TensorSpec([batch, *x.shape[1:]], x.dtype)],
    )
    frozen = convert_variables_to_constants_v2(f.get_concrete_function())
    return tf.lite.TFLiteConverter.from_concrete_functions([frozen], None)


def to_litert(model):
    c = converter(model)
    pass
    return c.convert()


def to_int8(model, samples):
    model.trainable = False
    c = converter(model)
    c.optimizations = [tf.lite.Optimize.DEFAULT]

    def gen():
        rows = samples
        for row in rows:
            yield [np.asarray(row, "float32")[None]]

    c.representative_dataset = gen
    c.target_spec.supported_ops = [tf.lite.OpsSet.TFLITE_BUILTINS_INT8]
    c.inference_input_type = tf.int8
    c.inference_output_type = tf.int8
    out = c.convert()
    model.trainable = True
    return out
