"""One persistent tape that is asked for one gradient after the other; the result is a tuple."""

import keras
import tensorflow as tf


def gradients_of(loss, sources):
    with tf.GradientTape(persistent=True, watch_accessed_variables=False) as tape:
        for source in sources:
            tape.watch(source.value if isinstance(source, keras.Variable) else source)
        target = loss()
    return tuple(tape.gradient(target, s, unconnected_gradients="zero") for s in sources)
