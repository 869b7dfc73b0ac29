"""One persistent tape that is asked for one gradient after the other; None becomes zeros by hand."""

import keras
import tensorflow as tf


def gradients_of(loss, sources):
    held = [s.value if isinstance(s, keras.Variable) else s for s in sources]
    with tf.GradientTape(persistent=True, watch_accessed_variables=False) as tape:
        for source in held:
            tape.watch(source)
        target = loss()
    gradients = []
    for source in held:
        gradient = tape.gradient(target, source)
        dense = tf.zeros_like(source) if gradient is None else tf.convert_to_tensor(gradient)
        gradients.append(dense)
    return gradients
