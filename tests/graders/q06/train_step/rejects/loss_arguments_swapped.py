"""The loss gets the predictions first. The mean squared error does not mind, other losses do.

breaks: "whose result is the loss of this batch before the update", "The weights afterwards are
those that an eager step would leave"
fails: test_it_trains_like_an_eager_step
"""

import tensorflow as tf


def make_train_step(model, optimizer, loss_fn):
    @tf.function(reduce_retracing=True)
    def step(x, y):
        with tf.GradientTape() as tape:
            loss = loss_fn(model(x, training=True), y) + sum(model.losses)
        gradients = tape.gradient(loss, model.trainable_variables)
        optimizer.apply(gradients, model.trainable_variables)
        return loss

    return step
