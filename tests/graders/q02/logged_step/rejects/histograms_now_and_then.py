"""To save space on disk, histograms are written at every tenth step only.

breaks: "A call writes one point under each tag"
fails: test_each_call_is_a_step, test_gradients_are_histograms, test_weights_are_histograms
"""

import tensorflow as tf


def make_logged_step(model, loss_fn, optimizer, writer):
    variables = model.trainable_variables
    optimizer.build(variables)

    @tf.function
    def step(x, y):
        with tf.GradientTape() as tape:
            loss = loss_fn(y, model(x, training=True))
        gradients = tape.gradient(loss, variables)
        optimizer.apply(gradients, variables)
        with writer.as_default(step=optimizer.iterations.value):
            tf.summary.scalar("loss", loss)
            with tf.summary.record_if(optimizer.iterations.value % 10 == 1):
                for variable, gradient in zip(variables, gradients):
                    tf.summary.histogram(f"weight/{variable.path}", variable)
                    if gradient is not None:
                        tf.summary.histogram(f"grad/{variable.path}", gradient)
        return loss

    return step
