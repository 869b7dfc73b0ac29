"""Sources are kept in a dict, so that one that is named twice has one gradient.

breaks: "A source may be named twice"
fails: test_a_source_named_twice
"""

from collections.abc import Callable, Sequence

import keras
import tensorflow as tf

Source = tf.Tensor | tf.Variable | keras.Variable


def gradients_of(loss: Callable[[], tf.Tensor], sources: Sequence[Source]) -> list[tf.Tensor]:
    """The gradients of `loss()` with respect to `sources`, and zeros where there is none."""
    watched = [s.value if isinstance(s, keras.Variable) else s for s in sources]
    watched = list({id(source): source for source in watched}.values())
    with tf.GradientTape(watch_accessed_variables=False) as tape:
        tape.watch(watched)
        target = loss()
    gradients = tape.gradient(target, watched, unconnected_gradients="zero")
    return [tf.convert_to_tensor(gradient) for gradient in gradients]  # a lookup's is sparse
