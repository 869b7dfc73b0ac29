"""A dictionary of sources; a gradient is added to zeros, which makes a tensor of a sparse one."""

import keras
import tensorflow as tf


def gradients_of(loss, sources):
    held = {i: s.value if isinstance(s, keras.Variable) else s for i, s in enumerate(sources)}
    with tf.GradientTape(watch_accessed_variables=False) as tape:
        tape.watch(held)
        target = loss()
    gradients = tape.gradient(target, held)
    return [
        tf.zeros_like(s) if gradients[i] is None else tf.zeros_like(s) + gradients[i]
        for i, s in held.items()
    ]
