"""What tape.gradient returns is always a tensor.

fails: test_a_source_that_the_loss_ignores, test_inside_a_compiled_function
"""

import keras
import tensorflow as tf


def gradients_of(loss, sources):
    held = [s.value if isinstance(s, keras.Variable) else s for s in sources]
    with tf.GradientTape(watch_accessed_variables=False) as tape:
        tape.watch(held)
        target = loss()
    gradients = tape.gradient(target, held)
    return [g if g is None else tf.convert_to_tensor(g) for g in gradients]
