"""One tf.function of the module takes models and optimizers as arguments.

The second unbuilt optimizer has to make its variables when the first call is over.

breaks: "That optimizer may be new"
fails: test_every_model_has_its_own_step
"""

import functools

import tensorflow as tf


@tf.function(reduce_retracing=True)
def train(model, optimizer, loss_fn, x, y):
    with tf.GradientTape() as tape:
        loss = loss_fn(y, model(x, training=True)) + sum(model.losses)
    gradients = tape.gradient(loss, model.trainable_variables)
    optimizer.apply(gradients, model.trainable_variables)
    return loss


def make_train_step(model, optimizer, loss_fn):
    return functools.partial(train, model, optimizer, loss_fn)
