"""A keras.Variable is taken for a tf.Variable, which the tape can watch as it is.

breaks: "keras.Variables"
fails: test_keras_variables
"""

import tensorflow as tf


def gradients_of(loss, sources):
    with tf.GradientTape(watch_accessed_variables=False) as tape:
        tape.watch(sources)
        target = loss()
    gradients = tape.gradient(target, sources, unconnected_gradients="zero")
    return [tf.convert_to_tensor(gradient) for gradient in gradients]
