"""A compiled function of the module serves all models: a second optimizer cannot make its variables in it.

breaks: "Steps for several models work in one process"
fails: test_each_model_has_a_step_of_its_own
"""

import functools

import tensorflow as tf


@tf.function
def train(model, loss_fn, optimizer, writer, x, y):
    variables = model.trainable_variables
    with tf.GradientTape() as tape:
        loss = loss_fn(y, model(x, training=True))
    gradients = tape.gradient(loss, variables)
    optimizer.apply(gradients, variables)
    with writer.as_default(step=optimizer.iterations.value):
        tf.summary.scalar("loss", loss)
        for variable, gradient in zip(variables, gradients):
            tf.summary.histogram(f"weight/{variable.path}", variable)
            if gradient is not None:
                tf.summary.histogram(f"grad/{variable.path}", gradient)
    return loss


def make_logged_step(model, loss_fn, optimizer, writer):
    return functools.partial(train, model, loss_fn, optimizer, writer)
