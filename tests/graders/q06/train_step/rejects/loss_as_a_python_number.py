"""The loss is handed over as a Python number.

breaks: "a scalar float32 tensor"
fails: test_it_trains_like_an_eager_step, test_the_model_is_in_training_mode, test_regularizers_count
"""

import tensorflow as tf


def make_train_step(model, optimizer, loss_fn):
    @tf.function(reduce_retracing=True)
    def train(x, y):
        with tf.GradientTape() as tape:
            loss = loss_fn(y, model(x, training=True)) + sum(model.losses)
        gradients = tape.gradient(loss, model.trainable_variables)
        optimizer.apply(gradients, model.trainable_variables)
        return loss

    return lambda x, y: float(train(x, y))
