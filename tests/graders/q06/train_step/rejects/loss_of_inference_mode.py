"""The loss that is returned is one of inference mode, which looks fairer.

breaks: "The model is called in training mode"
fails: test_the_model_is_in_training_mode
"""

import tensorflow as tf


def make_train_step(model, optimizer, loss_fn):
    @tf.function(reduce_retracing=True)
    def step(x, y):
        reported = loss_fn(y, model(x, training=False)) + sum(model.losses)
        with tf.GradientTape() as tape:
            loss = loss_fn(y, model(x, training=True)) + sum(model.losses)
        gradients = tape.gradient(loss, model.trainable_variables)
        optimizer.apply(gradients, model.trainable_variables)
        return reported

    return step
