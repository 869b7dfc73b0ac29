"""The mean squared error is written into the step, and `loss_fn` is not used.

breaks: "whose result is the loss of this batch before the update", "The weights afterwards are
those that an eager step would leave"
fails: test_it_trains_like_an_eager_step
"""

import tensorflow as tf


def make_train_step(model, optimizer, loss_fn):
    @tf.function(reduce_retracing=True)
    def step(x, y):
        with tf.GradientTape() as tape:
            loss = tf.reduce_mean(tf.square(y - model(x, training=True))) + sum(model.losses)
        gradients = tape.gradient(loss, model.trainable_variables)
        optimizer.apply(gradients, model.trainable_variables)
        return loss

    return step
