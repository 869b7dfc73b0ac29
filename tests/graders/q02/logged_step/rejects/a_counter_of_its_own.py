"""Steps are counted by a variable of the step's own, which starts at 0 in every run.

breaks: "After a resume at `optimizer.iterations` 500"
fails: test_the_optimizer_counts_the_steps
"""

import tensorflow as tf


def make_logged_step(model, loss_fn, optimizer, writer):
    optimizer.build(model.trainable_variables)

    calls = tf.Variable(0, dtype=tf.int64)

    @tf.function
    def step(x, y):
        with tf.GradientTape() as tape:
            loss = loss_fn(y, model(x, training=True))
        variables = model.trainable_variables
        gradients = tape.gradient(loss, variables)
        optimizer.apply(gradients, variables)
        calls.assign_add(1)
        with writer.as_default(step=calls):
            tf.summary.scalar("loss", loss)
            for variable, gradient in zip(variables, gradients):
                tf.summary.histogram(f"weight/{variable.path}", variable)
                if gradient is not None:
                    tf.summary.histogram(f"grad/{variable.path}", gradient)
        return loss

    return step
