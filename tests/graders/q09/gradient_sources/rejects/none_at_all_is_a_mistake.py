"""A loss that uses none of the sources is taken for a mistake, as an optimizer does.

breaks: "The loss may depend on none of them"
fails: test_a_source_that_the_loss_ignores
"""

import keras
import tensorflow as tf


def gradients_of(loss, sources):
    held = [s.value if isinstance(s, keras.Variable) else s for s in sources]
    with tf.GradientTape(watch_accessed_variables=False) as tape:
        tape.watch(held)
        target = loss()
    gradients = tape.gradient(target, held)
    if all(gradient is None for gradient in gradients):
        raise ValueError("No gradients provided for any source")
    return [
        tf.zeros_like(s) if g is None else tf.convert_to_tensor(g)
        for g, s in zip(gradients, held, strict=True)
    ]
