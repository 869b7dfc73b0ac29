"""The writer is entered around a compiled function that was traced without it.

breaks: "A call writes one point under each tag"
fails: test_a_variable_without_a_gradient, test_each_call_is_a_step, test_each_model_has_a_step_of_its_own, test_gradients_are_histograms, test_the_gradient_of_an_embedding, test_the_loss_is_a_curve, test_the_optimizer_counts_the_steps, test_weights_are_histograms
"""

import tensorflow as tf


def make_logged_step(model, loss_fn, optimizer, writer):
    optimizer.build(model.trainable_variables)
    variables = model.trainable_variables

    @tf.function
    def train(x, y):
        with tf.GradientTape() as tape:
            loss = loss_fn(y, model(x, training=True))
        gradients = tape.gradient(loss, variables)
        optimizer.apply(gradients, variables)
        step = optimizer.iterations
        tf.summary.scalar("loss", loss, step)
        for variable, gradient in zip(variables, gradients):
            tf.summary.histogram(f"weight/{variable.path}", variable, step)
            if gradient is not None:
                tf.summary.histogram(f"grad/{variable.path}", gradient, step)
        return loss

    traced = None

    def step(x, y):
        nonlocal traced
        traced = traced or train.get_concrete_function(x, y)
        with writer.as_default():
            return traced(x, y)

    return step
