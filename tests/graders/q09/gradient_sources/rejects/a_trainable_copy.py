"""A frozen variable cannot be watched, so a trainable copy is: the loss never reads the copy.

breaks: "trainable or not"
fails: test_a_frozen_variable
"""

import keras
import tensorflow as tf


def watchable(source):
    if isinstance(source, keras.Variable):
        return source.value
    if isinstance(source, tf.Variable) and not source.trainable:
        return tf.Variable(source, trainable=True)
    return source


def gradients_of(loss, sources):
    held = [watchable(source) for source in sources]
    with tf.GradientTape(watch_accessed_variables=False) as tape:
        tape.watch(held)
        target = loss()
    gradients = tape.gradient(target, held, unconnected_gradients="zero")
    return [tf.convert_to_tensor(gradient) for gradient in gradients]
