"""In a graph there is no need of a tape: the graph itself is differentiated, back to where the
sources were computed from each other.

breaks: "not how one source was computed from another"
fails: test_inside_a_compiled_function
"""

import keras
import tensorflow as tf


def gradients_of(loss, sources):
    held = [s.value if isinstance(s, keras.Variable) else s for s in sources]
    if not tf.executing_eagerly():
        gradients = tf.gradients(loss(), held, unconnected_gradients="zero")
        return [tf.convert_to_tensor(gradient) for gradient in gradients]
    with tf.GradientTape(watch_accessed_variables=False) as tape:
        tape.watch(held)
        target = loss()
    gradients = tape.gradient(target, held, unconnected_gradients="zero")
    return [tf.convert_to_tensor(gradient) for gradient in gradients]
