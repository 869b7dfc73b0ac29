"""Updates by the formula that everybody knows, with the optimizer's learning rate.

breaks: "The optimizer updates the trainable weights once"
fails: test_the_optimizer_does_the_update, test_clipping_and_decay_are_in_the_update, test_each_step_has_a_model_of_its_own
"""

import keras
import tensorflow as tf


def make_train_step(model, loss_fn, optimizer):
    @tf.function
    def step(x, y):
        with tf.GradientTape() as tape:
            loss = loss_fn(y, model(x, training=True)) + sum(model.losses)
        weights = model.trainable_variables
        for weight, gradient in zip(weights, tape.gradient(loss, weights)):
            weight.assign_sub(optimizer.learning_rate * gradient)
        return loss

    return step
