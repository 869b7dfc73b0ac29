"""The steps of one round come in the order of `build`, so velocities are taken in turn.

breaks: "whatever order they come in"
fails: test_every_weight_has_its_own_velocity
"""

import keras
import tensorflow as tf


class HeavyBall(keras.optimizers.Optimizer):
    def __init__(self, learning_rate=0.01, momentum=0.9, name="heavy_ball", **kwargs):
        super().__init__(learning_rate=learning_rate, name=name, **kwargs)
        self.momentum = momentum

    def build(self, variables):
        super().build(variables)
        self.velocities = self.add_optimizer_variables(variables, "velocity")
        self.turn = 0

    def update_step(self, gradient, variable, learning_rate):
        m = self.velocities[self.turn]
        self.turn = (self.turn + 1) % len(self.velocities)
        self.assign(m, self.momentum * m + gradient)
        self.assign_sub(variable, tf.cast(learning_rate, variable.dtype) * m)

    def get_config(self):
        return {**super().get_config(), "momentum": self.momentum}
