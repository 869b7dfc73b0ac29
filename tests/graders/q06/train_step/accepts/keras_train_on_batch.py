"""Keras compiles the step: `train_on_batch` is a tf.function with reduce_retracing."""

import tensorflow as tf


def make_train_step(model, optimizer, loss_fn):
    model.compile(optimizer=optimizer, loss=loss_fn)

    def step(x, y):
        return tf.constant(model.train_on_batch(x, y), tf.float32)

    return step
