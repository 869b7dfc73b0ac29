"""Keras's functional form: the weights go in, and what the layers have updated comes out."""

import tensorflow as tf


def make_train_step(model, loss_fn, optimizer):
    optimizer.build(model.trainable_variables)

    @tf.function(reduce_retracing=True)
    def step(x, y):
        weights = [variable.value for variable in model.trainable_variables]
        others = [variable.value for variable in model.non_trainable_variables]
        with tf.GradientTape() as tape:
            output, updated, penalties = model.stateless_call(
                weights, others, x, training=True, return_losses=True
            )
            loss = tf.add_n([loss_fn(y, output), *penalties])
        optimizer.apply(tape.gradient(loss, weights), model.trainable_variables)
        for variable, value in zip(model.non_trainable_variables, updated, strict=True):
            variable.assign(value)
        return loss

    return step
