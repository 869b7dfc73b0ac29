"""A tf.Module whose compiled method trains the model it holds, with XLA."""

import tensorflow as tf


class TrainStep(tf.Module):
    def __init__(self, model, optimizer, loss_fn):
        super().__init__()
        self.model, self.optimizer, self.loss_fn = model, optimizer, loss_fn

    @tf.function(reduce_retracing=True, jit_compile=True)
    def __call__(self, x, y):
        variables = self.model.trainable_variables
        with tf.GradientTape(watch_accessed_variables=False) as tape:
            for variable in variables:
                tape.watch(variable.value)
            loss = self.loss_fn(y, self.model(x, training=True)) + sum(self.model.losses)
        self.optimizer.apply(tape.gradient(loss, [v.value for v in variables]), variables)
        return loss


def make_train_step(model, optimizer, loss_fn):
    return TrainStep(model, optimizer, loss_fn)
