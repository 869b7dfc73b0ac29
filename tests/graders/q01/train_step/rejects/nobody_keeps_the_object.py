"""Returns a compiled method, and keeps the object that it belongs to nowhere.

breaks: "A function that returns the loss before its update"
fails: all
"""

import tensorflow as tf


class Training:
    def __init__(self, model, loss_fn, optimizer):
        self.model, self.loss_fn, self.optimizer = model, loss_fn, optimizer

    @tf.function
    def step(self, x, y):
        with tf.GradientTape() as tape:
            loss = self.loss_fn(y, self.model(x, training=True)) + sum(self.model.losses)
        weights = self.model.trainable_variables
        self.optimizer.apply(tape.gradient(loss, weights), weights)
        return loss


def make_train_step(model, loss_fn, optimizer):
    return Training(model, loss_fn, optimizer).step
