"""The signature leaves the batch size open, and supposes that every model has one output.

breaks: "The weights afterwards are those that an eager step would leave"
fails: test_it_trains_like_an_eager_step
"""

import tensorflow as tf


def make_train_step(model, optimizer, loss_fn):
    signature = [
        tf.TensorSpec([None, *model.input_shape[1:]], tf.float32),
        tf.TensorSpec([None, 1], tf.float32),
    ]

    @tf.function(input_signature=signature)
    def step(x, y):
        with tf.GradientTape() as tape:
            loss = loss_fn(y, model(x, training=True)) + sum(model.losses)
        gradients = tape.gradient(loss, model.trainable_variables)
        optimizer.apply(gradients, model.trainable_variables)
        return loss

    return step
