"""A frozen weight is made trainable so that a tape watches it, and stays so.

breaks: "The sources stay as they are, and so does their `trainable`"
fails: test_keras_variables
"""

import keras
import tensorflow as tf


def gradients_of(loss, sources):
    for s in sources:
        if isinstance(s, keras.Variable):
            s.trainable = True
    held = [s.value if isinstance(s, keras.Variable) else s for s in sources]
    with tf.GradientTape(watch_accessed_variables=False) as tape:
        tape.watch(held)
        target = loss()
    gradients = tape.gradient(target, held, unconnected_gradients="zero")
    return [tf.convert_to_tensor(g) for g in gradients]
