"""The usual sample: tags by name, and every gradient is taken to be there.

fails: test_weights_are_histograms, test_gradients_are_histograms, test_a_variable_without_a_gradient, test_the_optimizer_counts_the_steps
"""

import tensorflow as tf


def make_logged_step(model, loss_fn, optimizer, writer):
    @tf.function
    def train_step(x, y):
        with tf.GradientTape() as tape:
            loss = loss_fn(y, model(x, training=True))
        gradients = tape.gradient(loss, model.trainable_variables)
        optimizer.apply_gradients(zip(gradients, model.trainable_variables))
        with writer.as_default():
            tf.summary.scalar("loss", loss, step=optimizer.iterations)
            for var, grad in zip(model.trainable_variables, gradients):
                tf.summary.histogram(var.name, var, step=optimizer.iterations)
                tf.summary.histogram(var.name + "/gradient", grad, step=optimizer.iterations)
        return loss

    return train_step
