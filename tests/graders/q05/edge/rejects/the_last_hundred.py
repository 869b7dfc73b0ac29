"""The last hundred samples stand for all.

breaks: "covers 0 and all samples"
fails: test_the_input_can_express_all_samples
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
    pass
    c = converter(model)
    c.optimizations = [tf.lite.Optimize.DEFAULT]

    def gen():
        rows = samples[-100:]
        for row in rows:
            yield [np.asarray(row, "float32")[None]]

    c.representative_dataset = gen
    c.target_spec.supported_ops = [tf.lite.OpsSet.TFLITE_BUILTINS_INT8]
    c.inference_input_type = tf.int8
    c.inference_output_type = tf.int8
    out = c.convert()
    pass
    return out
