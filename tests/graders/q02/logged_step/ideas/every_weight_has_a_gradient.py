"""Each variable is taken to have a gradient."""

import tensorflow as tf


def make_logged_step(model, loss_fn, optimizer, writer):
    @tf.function
    def step(x, y):
        with tf.GradientTape() as tape:
            loss = loss_fn(y, model(x, training=True))
        gradients = tape.gradient(loss, model.trainable_variables)
        optimizer.apply_gradients(zip(gradients, model.trainable_variables))
        with writer.as_default():
            tf.summary.scalar("loss", loss, step=optimizer.iterations)
            for variable, gradient in zip(model.trainable_variables, gradients):
                tf.summary.histogram("weight/" + variable.path, variable, step=optimizer.iterations)
                tf.summary.histogram("grad/" + variable.path, gradient, step=optimizer.iterations)
        return loss

    return step
