"""The loss is computed once more, with the weights that have just been updated.

breaks: "whose result is the loss of this batch before the update"
fails: test_it_trains_like_an_eager_step, test_the_model_is_in_training_mode, test_regularizers_count
"""

import tensorflow as tf


def make_train_step(model, optimizer, loss_fn):
    @tf.function(reduce_retracing=True)
    def step(x, y):
        with tf.GradientTape() as tape:
            loss = loss_fn(y, model(x, training=True)) + sum(model.losses)
        gradients = tape.gradient(loss, model.trainable_variables)
        optimizer.apply(gradients, model.trainable_variables)
        return loss_fn(y, model(x)) + sum(model.losses)

    return step
