"""The number of the step is read once, in the first call, and is a constant of the graph.

breaks: "Its step is `optimizer.iterations` after the update"
fails: test_each_call_is_a_step
"""

import tensorflow as tf


def make_logged_step(model, loss_fn, optimizer, writer):
    optimizer.build(model.trainable_variables)

    numbers = []

    @tf.function
    def compiled(x, y):
        with tf.GradientTape() as tape:
            loss = loss_fn(y, model(x, training=True))
        variables = model.trainable_variables
        gradients = tape.gradient(loss, variables)
        optimizer.apply(gradients, variables)
        with writer.as_default(step=numbers[0]):
            tf.summary.scalar("loss", loss)
            for variable, gradient in zip(variables, gradients):
                tf.summary.histogram(f"weight/{variable.path}", variable)
                if gradient is not None:
                    tf.summary.histogram(f"grad/{variable.path}", gradient)
        return loss

    def step(x, y):
        numbers.append(int(optimizer.iterations) + 1)
        return compiled(x, y)

    return step
