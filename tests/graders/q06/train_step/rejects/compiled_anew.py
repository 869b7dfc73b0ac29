"""Keras compiles the step, and the model keeps the optimizer that it was compiled with last.

breaks: "Several steps may share a model, with an optimizer each"
fails: test_two_steps_share_a_model
"""

import tensorflow as tf


def make_train_step(model, optimizer, loss_fn):
    model.compile(optimizer=optimizer, loss=loss_fn)

    def step(x, y):
        return tf.constant(model.train_on_batch(x, y), tf.float32)

    return step
