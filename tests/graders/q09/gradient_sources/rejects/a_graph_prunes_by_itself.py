"""In a graph the tape watches everything, since ops whose results nobody uses are pruned: they
are, and the backward pass has been traced all the same.

breaks: "cost no backward pass"
fails: test_no_needless_work
"""

import keras
import tensorflow as tf


def gradients_of(loss, sources):
    held = [s.value if isinstance(s, keras.Variable) else s for s in sources]
    with tf.GradientTape(watch_accessed_variables=not tf.executing_eagerly()) as tape:
        tape.watch(held)
        target = loss()
    gradients = tape.gradient(target, held, unconnected_gradients="zero")
    return [tf.convert_to_tensor(gradient) for gradient in gradients]
