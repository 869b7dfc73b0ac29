"""The learning rate goes into the compiled function as a Python number: a trace for each value.

breaks: "A new `optimizer.learning_rate` takes effect without a trace"
fails: test_a_new_learning_rate_needs_no_trace
"""

import tensorflow as tf


def make_train_step(model, optimizer, loss_fn):
    @tf.function(reduce_retracing=True)
    def train(x, y, learning_rate):
        optimizer.learning_rate.assign(learning_rate)
        with tf.GradientTape() as tape:
            loss = loss_fn(y, model(x, training=True)) + sum(model.losses)
        gradients = tape.gradient(loss, model.trainable_variables)
        optimizer.apply(gradients, model.trainable_variables)
        return loss

    def step(x, y):
        return train(x, y, float(optimizer.learning_rate))

    return step
