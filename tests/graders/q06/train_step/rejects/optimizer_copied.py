"""The step works with a copy of the optimizer, which does not see the new learning rate.

breaks: "A new `optimizer.learning_rate` takes effect without a trace"
fails: test_a_new_learning_rate_needs_no_trace, test_it_trains_like_an_eager_step
"""

import tensorflow as tf


def make_train_step(model, optimizer, loss_fn):
    optimizer = type(optimizer).from_config(optimizer.get_config())

    @tf.function(reduce_retracing=True)
    def step(x, y):
        with tf.GradientTape() as tape:
            loss = loss_fn(y, model(x, training=True)) + sum(model.losses)
        gradients = tape.gradient(loss, model.trainable_variables)
        optimizer.apply(gradients, model.trainable_variables)
        return loss

    return step
