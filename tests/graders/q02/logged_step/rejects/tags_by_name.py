"""Tags by variable.name: in Keras 3 that is kernel or bias, for every layer.

breaks: "`weight/<path>` is a histogram", "`grad/<path>` is a histogram"
fails: test_a_variable_without_a_gradient, test_each_model_has_a_step_of_its_own, test_gradients_are_histograms, test_the_gradient_of_an_embedding, test_weights_are_histograms
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
                tf.summary.histogram(f"weight/{variable.name}", variable)
                if gradient is not None:
                    tf.summary.histogram(f"grad/{variable.name}", gradient)
        return loss

    return step
