"""The gradients are read as NumPy arrays, so that the caller gets plain numbers.

fails: test_inside_a_compiled_function
"""

import keras
import tensorflow as tf


def gradients_of(loss, sources):
    held = [s.value if isinstance(s, keras.Variable) else s for s in sources]
    with tf.GradientTape(watch_accessed_variables=False) as tape:
        tape.watch(held)
        target = loss()
    gradients = tape.gradient(target, held, unconnected_gradients="zero")
    return [tf.constant(gradient.numpy()) for gradient in gradients]
