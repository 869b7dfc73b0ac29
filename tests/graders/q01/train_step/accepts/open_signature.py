"""A concrete function for batches of any size, traced before the first step."""

import tensorflow as tf


def make_train_step(model, loss_fn, optimizer):
    optimizer.build(model.trainable_variables)

    def step(x, y):
        with tf.GradientTape() as tape:
            loss = loss_fn(y, model(x, training=True))
            for penalty in model.losses:
                loss += penalty
        gradients = tape.gradient(loss, model.trainable_variables)
        optimizer.apply(gradients)
        return loss

    specs = [tf.TensorSpec([None, *t.shape[1:]], tf.float32) for t in model.inputs + model.outputs]
    return tf.function(step).get_concrete_function(*specs)
