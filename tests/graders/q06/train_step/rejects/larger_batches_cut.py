"""A larger batch than the first is cut to its size.

breaks: "A batch of any size trains as it is"
fails: test_batches_count_as_they_are
"""

import tensorflow as tf


def make_train_step(model, optimizer, loss_fn):
    optimizer.build(model.trainable_variables)
    largest = None

    @tf.function(reduce_retracing=True)
    def step(x, y):
        with tf.GradientTape() as tape:
            loss = loss_fn(y, model(x, training=True)) + sum(model.losses)
        gradients = tape.gradient(loss, model.trainable_variables)
        optimizer.apply(gradients, model.trainable_variables)
        return loss

    def cut(x, y):
        nonlocal largest
        largest = largest or x.shape[0]
        return step(x[:largest], y[:largest])

    return cut
