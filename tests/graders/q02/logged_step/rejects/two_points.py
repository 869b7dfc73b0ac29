"""The loss is logged by the step and, once more, by the function around it.

breaks: "A call writes one point under each tag"
fails: test_each_call_is_a_step, test_the_loss_is_a_curve
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
                tf.summary.histogram(f"weight/{variable.path}", variable)
                if gradient is not None:
                    tf.summary.histogram(f"grad/{variable.path}", gradient)
        return loss

    def logged(x, y):
        loss = step(x, y)
        with writer.as_default(step=optimizer.iterations.value):
            tf.summary.scalar("loss", loss)
        return loss

    return logged
