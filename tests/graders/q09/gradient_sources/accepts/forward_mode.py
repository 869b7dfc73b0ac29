"""Forward mode: one directional derivative for every element of every source."""

import keras
import numpy as np
import tensorflow as tf


def derivative(loss, source, direction):
    with tf.autodiff.ForwardAccumulator(source, direction) as accumulator:
        target = loss()
    return accumulator.jvp(target, unconnected_gradients="zero")


def gradient_of(loss, source):
    size = int(np.prod(source.shape))
    directions = np.eye(size).reshape([size, *source.shape])
    parts = [derivative(loss, source, tf.constant(d, source.dtype)) for d in directions]
    return tf.cast(tf.reshape(tf.stack(parts), source.shape), source.dtype)


def gradients_of(loss, sources):
    held = [s.value if isinstance(s, keras.Variable) else s for s in sources]
    return [gradient_of(loss, source) for source in held]
