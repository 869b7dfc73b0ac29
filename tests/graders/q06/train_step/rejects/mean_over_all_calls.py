"""The step returns a running mean of the losses of all its calls.

breaks: "whose result is the loss of this batch before the update"
fails: test_it_trains_like_an_eager_step
"""

import keras
import tensorflow as tf


def make_train_step(model, optimizer, loss_fn):
    mean = keras.metrics.Mean()

    @tf.function(reduce_retracing=True)
    def step(x, y):
        with tf.GradientTape() as tape:
            loss = loss_fn(y, model(x, training=True)) + sum(model.losses)
        gradients = tape.gradient(loss, model.trainable_variables)
        optimizer.apply(gradients, model.trainable_variables)
        mean.update_state(loss)
        return mean.result()

    return step
