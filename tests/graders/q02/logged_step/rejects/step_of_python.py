"""The step is counted in Python, which runs once while the function is traced.

breaks: "Its step is `optimizer.iterations` after the update"
fails: test_each_call_is_a_step, test_the_optimizer_counts_the_steps
"""

import tensorflow as tf


def make_logged_step(model, loss_fn, optimizer, writer):
    optimizer.build(model.trainable_variables)

    calls = 0

    @tf.function
    def step(x, y):
        nonlocal calls
        calls += 1
        with tf.GradientTape() as tape:
            loss = loss_fn(y, model(x, training=True))
        variables = model.trainable_variables
        gradients = tape.gradient(loss, variables)
        optimizer.apply(gradients, variables)
        with writer.as_default(step=calls):
            tf.summary.scalar("loss", loss)
            for variable, gradient in zip(variables, gradients):
                tf.summary.histogram(f"weight/{variable.path}", variable)
                if gradient is not None:
                    tf.summary.histogram(f"grad/{variable.path}", gradient)
        return loss

    return step
