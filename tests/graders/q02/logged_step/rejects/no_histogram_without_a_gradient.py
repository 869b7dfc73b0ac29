"""A variable without a gradient is left out altogether.

breaks: "It has its `weight/` tag"
fails: test_a_variable_without_a_gradient
"""

import tensorflow as tf


def make_logged_step(model, loss_fn, optimizer, writer):
    optimizer.build(model.trainable_variables)

    @tf.function
    def step(x, y):
        with tf.GradientTape() as tape:
            loss = loss_fn(y, model(x, training=True))
        variables = model.trainable_variables
        gradients = tape.gradient(loss, variables)
        optimizer.apply(gradients, variables)
        with writer.as_default(step=optimizer.iterations.value):
            tf.summary.scalar("loss", loss)
            for variable, gradient in zip(variables, gradients):
                if gradient is not None:
                    tf.summary.histogram(f"weight/{variable.path}", variable)
                    tf.summary.histogram(f"grad/{variable.path}", gradient)
        return loss

    return step
