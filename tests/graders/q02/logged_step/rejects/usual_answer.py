"""The usual sample: gradients are tagged by the names of weights, and each is taken to be there.

breaks: "`weight/<path>` is a histogram", "does not depend on has no `grad/` tag"
fails: test_a_variable_without_a_gradient, test_each_model_has_a_step_of_its_own, test_gradients_are_histograms, test_the_gradient_of_an_embedding, test_weights_are_histograms
"""

import tensorflow as tf


def make_logged_step(model, loss_fn, optimizer, writer):
    weights = model.trainable_weights

    @tf.function
    def fit_batch(inputs, targets):
        with tf.GradientTape() as tape:
            error = loss_fn(targets, model(inputs, training=True))
        slopes = tape.gradient(error, weights)
        optimizer.apply_gradients(zip(slopes, weights))
        with writer.as_default(step=optimizer.iterations):
            tf.summary.scalar("loss", error)
            for index, weight in enumerate(weights):
                tf.summary.histogram(f"weight/{weight.name}", weight)
                tf.summary.histogram(f"grad/{weight.name}", slopes[index])
        return error

    return fit_batch
