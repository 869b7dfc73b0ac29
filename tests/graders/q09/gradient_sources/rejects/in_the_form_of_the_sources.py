"""The gradients come as the sources came: a tuple of sources gives a tuple.

breaks: "A list of one tf.Tensor per source"
fails: test_a_frozen_variable
"""

import keras
import tensorflow as tf


def gradients_of(loss, sources):
    watched = type(sources)(s.value if isinstance(s, keras.Variable) else s for s in sources)
    with tf.GradientTape(watch_accessed_variables=False) as tape:
        tape.watch(watched)
        target = loss()
    gradients = tape.gradient(target, watched, unconnected_gradients="zero")
    return type(sources)(tf.convert_to_tensor(gradient) for gradient in gradients)
