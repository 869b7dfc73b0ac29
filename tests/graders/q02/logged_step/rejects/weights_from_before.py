"""The weights are those that the loss was computed with, a step behind.

breaks: "a histogram of a trainable variable after the update"
fails: test_weights_are_histograms
"""

import tensorflow as tf


def make_logged_step(model, loss_fn, optimizer, writer):
    optimizer.build(model.trainable_variables)

    @tf.function
    def step(x, y):
        with tf.GradientTape() as tape:
            loss = loss_fn(y, model(x, training=True))
        variables = model.trainable_variables
        weights = [tf.identity(variable) for variable in variables]
        gradients = tape.gradient(loss, variables)
        optimizer.apply(gradients, variables)
        with writer.as_default(step=optimizer.iterations.value):
            tf.summary.scalar("loss", loss)
            for variable, weight, gradient in zip(variables, weights, gradients):
                tf.summary.histogram(f"weight/{variable.path}", weight)
                if gradient is not None:
                    tf.summary.histogram(f"grad/{variable.path}", gradient)
        return loss

    return step
