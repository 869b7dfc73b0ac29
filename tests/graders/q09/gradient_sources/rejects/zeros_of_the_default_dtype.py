"""Zeros are made of the right shape, and of the default dtype.

breaks: "in the order, shapes and dtypes of the sources"
fails: test_a_source_that_the_loss_ignores
"""

import keras
import tensorflow as tf


def gradients_of(loss, sources):
    held = [s.value if isinstance(s, keras.Variable) else s for s in sources]
    with tf.GradientTape(watch_accessed_variables=False) as tape:
        tape.watch(held)
        target = loss()
    gradients = tape.gradient(target, held)
    return [
        tf.zeros(tf.shape(source)) if gradient is None else tf.convert_to_tensor(gradient)
        for gradient, source in zip(gradients, held, strict=True)
    ]
