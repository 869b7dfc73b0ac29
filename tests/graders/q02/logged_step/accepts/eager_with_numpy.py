"""No graph at all: numbers of Python and arrays of NumPy."""

import tensorflow as tf


def make_logged_step(model, loss_fn, optimizer, writer):
    def step(x, y):
        with tf.GradientTape() as tape:
            loss = loss_fn(y, model(x, training=True))
        gradients = tape.gradient(loss, model.trainable_variables)
        optimizer.apply_gradients(zip(gradients, model.trainable_variables))
        now = int(optimizer.iterations)
        with writer.as_default():
            tf.summary.scalar("loss", float(loss), now)
            for variable, gradient in zip(model.trainable_variables, gradients):
                tf.summary.histogram("weight/" + variable.path, variable.numpy(), now)
                if gradient is not None:
                    dense = tf.convert_to_tensor(gradient).numpy()
                    tf.summary.histogram("grad/" + variable.path, dense, now, buckets=7)
        return loss.numpy()

    return step
