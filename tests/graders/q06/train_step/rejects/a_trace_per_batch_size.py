"""A plain `@tf.function` is believed to be traced once. It is traced once for each batch size.

breaks: "all other batch sizes together cost at most one more trace"
fails: test_batch_sizes_share_one_graph
"""

import tensorflow as tf


def make_train_step(model, optimizer, loss_fn):
    @tf.function
    def step(x, y):
        with tf.GradientTape() as tape:
            loss = loss_fn(y, model(x, training=True)) + sum(model.losses)
        gradients = tape.gradient(loss, model.trainable_variables)
        optimizer.apply(gradients, model.trainable_variables)
        return loss

    return step
