"""The step reads model and optimizer from a global, when it is traced.

breaks: "Each step trains the model that it was made for", "Several steps may share a model, with
an optimizer each"
fails: test_every_model_has_its_own_step, test_two_steps_share_a_model
"""

import tensorflow as tf

current = None


def make_train_step(model, optimizer, loss_fn):
    global current
    current = model, optimizer, loss_fn

    @tf.function(reduce_retracing=True)
    def step(x, y):
        model, optimizer, loss_fn = current
        with tf.GradientTape() as tape:
            loss = loss_fn(y, model(x, training=True)) + sum(model.losses)
        gradients = tape.gradient(loss, model.trainable_variables)
        optimizer.apply(gradients, model.trainable_variables)
        return loss

    return step
