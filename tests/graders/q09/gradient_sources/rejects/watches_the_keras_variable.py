"""A keras.Variable is a tf.Variable, so the tape can watch it as it is.

fails: test_keras_variables
"""

import tensorflow as tf


def gradients_of(loss, sources):
    with tf.GradientTape(watch_accessed_variables=False) as tape:
        tape.watch(sources)
        target = loss()
    gradients = tape.gradient(target, sources, unconnected_gradients="zero")
    return [tf.convert_to_tensor(gradient) for gradient in gradients]
