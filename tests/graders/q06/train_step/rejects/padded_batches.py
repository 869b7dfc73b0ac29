"""Short batches are filled up with zeros, which then count in the mean.

breaks: "A batch of any size trains as it is"
fails: test_batches_count_as_they_are
"""

import tensorflow as tf


def make_train_step(model, optimizer, loss_fn):
    full = None

    @tf.function
    def train(x, y):
        with tf.GradientTape() as tape:
            loss = loss_fn(y, model(x, training=True)) + sum(model.losses)
        gradients = tape.gradient(loss, model.trainable_variables)
        optimizer.apply(gradients, model.trainable_variables)
        return loss

    def step(x, y):
        nonlocal full
        full = full or len(x)
        missing = [[0, full - len(x)], [0, 0]]
        return train(tf.pad(x, missing), tf.pad(y, missing))

    return step
