"""The writer is closed after each call.

breaks: "The writer stays open"
fails: test_each_call_is_a_step, test_gradients_are_histograms, test_the_loss_is_a_curve, test_the_step_trains, test_the_writer_belongs_to_the_caller, test_weights_are_histograms
"""

import tensorflow as tf


def make_logged_step(model, loss_fn, optimizer, writer):
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
        writer.close()
        return loss

    return step
