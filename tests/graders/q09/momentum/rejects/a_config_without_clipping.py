"""The config leaves out how gradients are clipped.

breaks: "The config has the name, a schedule and `**kwargs`"
fails: test_the_config_has_every_argument
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

    def update_step(self, gradient, variable, learning_rate):
        m = self.velocities[self._get_variable_index(variable)]
        self.assign(m, self.momentum * m + gradient)
        self.assign_sub(variable, tf.cast(learning_rate, variable.dtype) * m)

    def get_config(self):
        config = super().get_config() | {"momentum": self.momentum}
        return {name: value for name, value in config.items() if "clip" not in name}
