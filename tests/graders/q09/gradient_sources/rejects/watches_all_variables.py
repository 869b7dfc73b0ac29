"""The sources are watched, and every other variable too: that is taken for harmless.

breaks: "cost no backward pass"
fails: test_no_needless_work
"""

import keras
import tensorflow as tf


def gradients_of(loss, sources):
    held = [s.value if isinstance(s, keras.Variable) else s for s in sources]
    with tf.GradientTape() as tape:
        tape.watch(held)
        target = loss()
    gradients = tape.gradient(target, held, unconnected_gradients="zero")
    return [tf.convert_to_tensor(gradient) for gradient in gradients]
