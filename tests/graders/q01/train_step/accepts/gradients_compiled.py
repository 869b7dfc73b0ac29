"""An object: forward pass and gradients are compiled, the optimizer's update is a graph of its own."""

import tensorflow as tf


class Step:
    def __init__(self, model, loss_fn, optimizer):
        optimizer.build(model.trainable_variables)
        self.model, self.loss_fn, self.optimizer = model, loss_fn, optimizer
        self.update = tf.function(lambda gradients: optimizer.apply(gradients))

    @tf.function
    def gradients(self, x, y):
        with tf.GradientTape() as tape:
            loss = tf.add_n([self.loss_fn(y, self.model(x, training=True)), *self.model.losses])
        return loss, tape.gradient(loss, self.model.trainable_weights)

    def __call__(self, x, y):
        loss, gradients = self.gradients(x, y)
        self.update(gradients)
        return loss.numpy()


def make_train_step(model, loss_fn, optimizer):
    return Step(model, loss_fn, optimizer)
