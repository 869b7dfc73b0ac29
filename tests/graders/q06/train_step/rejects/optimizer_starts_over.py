"""Each batch starts with a clean optimizer: its momentum is set to zero.

breaks: "The weights afterwards are those that an eager step would leave"
fails: test_it_trains_like_an_eager_step
"""

import tensorflow as tf


def make_train_step(model, optimizer, loss_fn):
    optimizer.build(model.trainable_variables)
    settings = (optimizer.iterations, optimizer.learning_rate)
    slots = [v for v in optimizer.variables if not any(v is s for s in settings)]

    @tf.function(reduce_retracing=True)
    def step(x, y):
        for slot in slots:
            slot.assign(tf.zeros_like(slot))
        with tf.GradientTape() as tape:
            loss = loss_fn(y, model(x, training=True)) + sum(model.losses)
        gradients = tape.gradient(loss, model.trainable_variables)
        optimizer.apply(gradients, model.trainable_variables)
        return loss

    return step
