"""Half precision is taken for float16, which ends at 65504.

breaks: "A tensor may be of any floating-point dtype"
fails: test_a_tensor_of_another_dtype
"""

import keras
import tensorflow as tf


def gradients_of(loss, sources):
    held = [s.value if isinstance(s, keras.Variable) else s for s in sources]
    with tf.GradientTape(watch_accessed_variables=False) as tape:
        tape.watch(held)
        target = loss()
    gradients = tape.gradient(target, held, unconnected_gradients="zero")
    gradients = [tf.convert_to_tensor(g) for g in gradients]
    return [tf.cast(tf.cast(g, tf.float16), g.dtype) if g.dtype.size == 2 else g for g in gradients]
