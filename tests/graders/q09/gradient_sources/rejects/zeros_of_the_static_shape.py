"""The shape of a source is taken for one that is known in Python, in a graph as well.

breaks: "may be unknown while a tf.function is traced"
fails: test_a_size_that_is_known_at_run_time
"""

import keras
import tensorflow as tf


def gradients_of(loss, sources):
    held = [s.value if isinstance(s, keras.Variable) else s for s in sources]
    with tf.GradientTape(watch_accessed_variables=False) as tape:
        tape.watch(held)
        target = loss()
    gradients = tape.gradient(target, held)
    return [
        tf.zeros(source.shape, source.dtype) if gradient is None else tf.convert_to_tensor(gradient)
        for gradient, source in zip(gradients, held, strict=True)
    ]
