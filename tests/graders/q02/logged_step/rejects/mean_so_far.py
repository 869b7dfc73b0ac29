"""The tag loss has the mean of all losses so far, as a progress bar shows it.

breaks: "`loss` is a scalar: this loss"
fails: test_the_loss_is_a_curve
"""

import keras
import tensorflow as tf


def make_logged_step(model, loss_fn, optimizer, writer):
    optimizer.build(model.trainable_variables)

    mean = keras.metrics.Mean()

    @tf.function
    def step(x, y):
        with tf.GradientTape() as tape:
            loss = loss_fn(y, model(x, training=True))
        variables = model.trainable_variables
        gradients = tape.gradient(loss, variables)
        optimizer.apply(gradients, variables)
        with writer.as_default(step=optimizer.iterations.value):
            tf.summary.scalar("loss", mean(loss))
            for variable, gradient in zip(variables, gradients):
                tf.summary.histogram(f"weight/{variable.path}", variable)
                if gradient is not None:
                    tf.summary.histogram(f"grad/{variable.path}", gradient)
        return loss

    return step
