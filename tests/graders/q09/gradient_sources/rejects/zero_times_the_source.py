"""Zeros are made from the numbers of the source, and NaN times 0 is NaN.

breaks: "has a gradient of zeros"
fails: test_a_source_that_the_loss_ignores
"""

from collections.abc import Callable, Sequence

import keras
import tensorflow as tf

Source = tf.Tensor | tf.Variable | keras.Variable


def gradients_of(loss: Callable[[], tf.Tensor], sources: Sequence[Source]) -> list[tf.Tensor]:
    """The gradients of `loss()` with respect to `sources`, and zeros where there is none."""
    watched = [s.value if isinstance(s, keras.Variable) else s for s in sources]
    with tf.GradientTape(watch_accessed_variables=False) as tape:
        tape.watch(watched)
        target = loss()
    gradients = tape.gradient(target, watched)
    pairs = zip(gradients, watched, strict=True)
    return [0 * s if g is None else tf.convert_to_tensor(g) for g, s in pairs]
