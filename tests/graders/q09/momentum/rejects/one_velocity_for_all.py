"""The optimizer has one velocity, as in the formula of the textbook.

breaks: "Every weight has a velocity of its own"
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
        self.velocity = self.add_variable_from_reference(variables[0], "velocity")

    def update_step(self, gradient, variable, learning_rate):
        self.assign(self.velocity, self.momentum * self.velocity + gradient)
        self.assign_sub(variable, tf.cast(learning_rate, variable.dtype) * self.velocity)

    def get_config(self):
        return {**super().get_config(), "momentum": self.momentum}
