"""Gradients are clipped, as is good practice elsewhere.

breaks: "The weights afterwards are those that an eager step would leave"
fails: test_it_trains_like_an_eager_step, test_the_model_is_in_training_mode, test_regularizers_count, test_batches_count_as_they_are
"""

import tensorflow as tf


def make_train_step(model, optimizer, loss_fn):
    optimizer.build(model.trainable_variables)

    @tf.function(reduce_retracing=True)
    def step(x, y):
        with tf.GradientTape() as tape:
            loss = loss_fn(y, model(x, training=True)) + sum(model.losses)
        gradients = tape.gradient(loss, model.trainable_variables)
        gradients, _ = tf.clip_by_global_norm(gradients, 1.0)
        optimizer.apply(gradients, model.trainable_variables)
        return loss

    return step
