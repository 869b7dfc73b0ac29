"""Tensors of integers cannot be watched, so the tape is told of the float32 ones only.

breaks: "any floating-point dtype"
fails: test_a_tensor_of_another_dtype
"""

import keras
import tensorflow as tf


def gradients_of(loss, sources):
    held = [s.value if isinstance(s, keras.Variable) else s for s in sources]
    with tf.GradientTape(watch_accessed_variables=False) as tape:
        tape.watch([s for s in held if isinstance(s, tf.Variable) or s.dtype == tf.float32])
        target = loss()
    gradients = tape.gradient(target, held, unconnected_gradients="zero")
    return [tf.convert_to_tensor(gradient) for gradient in gradients]
