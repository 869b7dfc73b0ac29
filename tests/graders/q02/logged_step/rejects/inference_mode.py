"""The model is called without training=True.

breaks: "model(x, training=True)"
fails: test_the_step_trains
"""

import tensorflow as tf


def make_logged_step(model, loss_fn, optimizer, writer):
    optimizer.build(model.trainable_variables)

    @tf.function
    def step(x, y):
        with tf.GradientTape() as tape:
            loss = loss_fn(y, model(x))
        variables = model.trainable_variables
        gradients = tape.gradient(loss, variables)
        optimizer.apply(gradients, variables)
        with writer.as_default(step=optimizer.iterations.value):
            tf.summary.scalar("loss", loss)
            for variable, gradient in zip(variables, gradients):
                tf.summary.histogram(f"weight/{variable.path}", variable)
                if gradient is not None:
                    tf.summary.histogram(f"grad/{variable.path}", gradient)
        return loss

    return step
