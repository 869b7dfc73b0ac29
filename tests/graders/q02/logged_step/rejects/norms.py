"""The norm of each gradient instead of its values, as a scalar.

breaks: "`grad/<path>` is a histogram"
fails: test_gradients_are_histograms, test_the_gradient_of_an_embedding
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
                    tf.summary.scalar(f"grad/{variable.path}", tf.linalg.global_norm([gradient]))
        return loss

    return step
