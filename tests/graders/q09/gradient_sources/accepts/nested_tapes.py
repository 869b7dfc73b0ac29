"""A tape for every source, all of them around the same run of the loss; no import of Keras."""

from contextlib import ExitStack

import tensorflow as tf


def gradients_of(loss, sources):
    held = [s if isinstance(s, (tf.Tensor, tf.Variable)) else s.value for s in sources]
    with ExitStack() as stack:
        tapes = [stack.enter_context(tf.GradientTape(watch_accessed_variables=False)) for _ in held]
        for tape, source in zip(tapes, held, strict=True):
            tape.watch(source)
        target = loss()
    return [
        tf.convert_to_tensor(tape.gradient(target, source, unconnected_gradients="zero"))
        for tape, source in zip(tapes, held, strict=True)
    ]
