"""A default step that is a tensor of the graph, and taken back; optimizer built when first used."""

import tensorflow as tf


def make_logged_step(model, loss_fn, optimizer, writer):
    @tf.function
    def step(x, y):
        with tf.GradientTape(watch_accessed_variables=False) as tape:
            for variable in model.trainable_variables:
                tape.watch(variable.value)
            loss = loss_fn(y, model(x, training=True))
            loss += sum(model.losses)  # of which there are none
        gradients = tape.gradient(loss, model.trainable_variables)
        optimizer.apply(gradients, model.trainable_variables)
        tf.summary.experimental.set_step(tf.convert_to_tensor(optimizer.iterations))
        with writer.as_default():
            for variable, gradient in zip(model.trainable_variables, gradients):
                tf.summary.histogram(f"weight/{variable.path}", variable.value)
                if gradient is not None:
                    tf.summary.histogram(f"grad/{variable.path}", gradient)
            tf.summary.scalar("loss", loss)
        tf.summary.experimental.set_step(None)
        return loss

    return step
