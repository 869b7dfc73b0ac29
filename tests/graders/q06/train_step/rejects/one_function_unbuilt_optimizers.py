"""One tf.function for all models, which are its arguments, as are the optimizers.

The second optimizer then has to make its variables in what is no longer the first call.

fails: test_every_model_has_its_own_step
"""

import functools

import tensorflow as tf

step_for_loss = {}


def train(model, optimizer, loss_fn, x, y):
    with tf.GradientTape() as tape:
        loss = loss_fn(y, model(x, training=True)) + sum(model.losses)
    gradients = tape.gradient(loss, model.trainable_variables)
    optimizer.apply(gradients, model.trainable_variables)
    return loss


def make_train_step(model, optimizer, loss_fn):
    step = step_for_loss.setdefault(loss_fn, tf.function(train, reduce_retracing=True))
    return functools.partial(step, model, optimizer, loss_fn)
