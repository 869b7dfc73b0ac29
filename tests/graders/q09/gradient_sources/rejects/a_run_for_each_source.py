"""A tape is used up by one gradient, so every source gets a tape and a run of the loss of its
own.

breaks: "`loss` is called once"
fails: test_the_loss_runs_once
"""

import keras
import tensorflow as tf


def gradient_of(loss, source):
    with tf.GradientTape(watch_accessed_variables=False) as tape:
        tape.watch(source)
        target = loss()
    return tf.convert_to_tensor(tape.gradient(target, source, unconnected_gradients="zero"))


def gradients_of(loss, sources):
    return [gradient_of(loss, s.value if isinstance(s, keras.Variable) else s) for s in sources]
