"""A variable that is not trainable has no gradient, so it is not watched.

breaks: "trainable or not"
fails: test_a_frozen_variable, test_keras_variables
"""

import keras
import tensorflow as tf


def gradients_of(loss, sources):
    held = [s.value if isinstance(s, keras.Variable) else s for s in sources]
    with tf.GradientTape(watch_accessed_variables=False) as tape:
        tape.watch([s for s in held if getattr(s, "trainable", True)])
        target = loss()
    gradients = tape.gradient(target, held, unconnected_gradients="zero")
    return [tf.convert_to_tensor(gradient) for gradient in gradients]
