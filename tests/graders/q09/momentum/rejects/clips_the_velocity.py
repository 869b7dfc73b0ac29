"""What is clipped is the velocity, with the latest gradient in it.

breaks: "such as `clipvalue` and `weight_decay`"
fails: test_keeps_what_every_optimizer_can
"""

import keras
import tensorflow as tf


class HeavyBall(keras.optimizers.Optimizer):
    def __init__(self, learning_rate=0.01, momentum=0.9, name="heavy_ball", **kwargs):
        largest = kwargs.pop("clipvalue", None)
        super().__init__(learning_rate=learning_rate, name=name, **kwargs)
        self.momentum, self.largest = momentum, largest

    def build(self, variables):
        super().build(variables)
        self.velocities = self.add_optimizer_variables(variables, "velocity")

    def update_step(self, gradient, variable, learning_rate):
        m = self.velocities[self._get_variable_index(variable)]
        new = self.momentum * m + gradient
        if self.largest is not None:
            new = tf.clip_by_value(new, -self.largest, self.largest)
        self.assign(m, new)
        self.assign_sub(variable, tf.cast(learning_rate, variable.dtype) * m)

    def get_config(self):
        return {
            **super().get_config(),
            "momentum": self.momentum,
            "clipvalue": self.largest,
        }
