"""TensorFlow has an op for the whole step, which writes the velocity and the weight."""

import keras
import tensorflow as tf


class HeavyBall(keras.optimizers.Optimizer):
    def __init__(self, learning_rate=0.01, momentum=0.9, name="heavy_ball", **kwargs):
        super().__init__(learning_rate=learning_rate, name=name, **kwargs)
        self.momentum = momentum

    def build(self, variables):
        super().build(variables)
        slots = self.add_optimizer_variables(variables, "velocity")
        self.slots = {v.value.ref(): m.value for v, m in zip(variables, slots, strict=True)}

    def update_step(self, gradient, variable, learning_rate):
        tf.raw_ops.ResourceApplyMomentum(
            var=variable.handle,
            accum=self.slots[variable.ref()].handle,
            lr=tf.cast(learning_rate, variable.dtype),
            grad=gradient,
            momentum=tf.constant(self.momentum, variable.dtype),
        )

    def get_config(self):
        return {**super().get_config(), "momentum": self.momentum}
