"""One tf.function of the module; model, optimizer and loss are arguments, so each has graphs.

It works because the optimizer has its variables before the first call.
"""

import functools

import tensorflow as tf


@tf.function(reduce_retracing=True)
def _step(model, optimizer, loss_fn, x, y):
    with tf.GradientTape() as tape:
        loss = loss_fn(y, model(x, training=True)) + sum(model.losses)
    gradients = tape.gradient(loss, model.trainable_variables)
    optimizer.apply(gradients, model.trainable_variables)
    return loss


def make_train_step(model, optimizer, loss_fn):
    optimizer.build(model.trainable_variables)
    return functools.partial(_step, model, optimizer, loss_fn)
