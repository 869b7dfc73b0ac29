"""The step is a method with `@tf.function`, and nothing keeps the object that it belongs to.

breaks: "Each step trains the model that it was made for"
fails: all
"""

import tensorflow as tf


class Trainer:
    def __init__(self, model, optimizer, loss_fn):
        self.model, self.optimizer, self.loss_fn = model, optimizer, loss_fn

    @tf.function(reduce_retracing=True)
    def step(self, x, y):
        with tf.GradientTape() as tape:
            loss = self.loss_fn(y, self.model(x, training=True)) + sum(self.model.losses)
        gradients = tape.gradient(loss, self.model.trainable_variables)
        self.optimizer.apply(gradients, self.model.trainable_variables)
        return loss


def make_train_step(model, optimizer, loss_fn):
    return Trainer(model, optimizer, loss_fn).step
