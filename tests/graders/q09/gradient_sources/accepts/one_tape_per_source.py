"""One tape for each source; None becomes zeros by hand; no import of Keras."""

import tensorflow as tf


def gradient_of(loss, source):
    held = source if isinstance(source, (tf.Tensor, tf.Variable)) else source.value
    with tf.GradientTape(watch_accessed_variables=False) as tape:
        tape.watch(held)
        target = loss()
    gradient = tape.gradient(target, held)
    return tf.zeros_like(held) if gradient is None else gradient


def gradients_of(loss, sources):
    return [gradient_of(loss, source) for source in sources]
