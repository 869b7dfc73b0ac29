"""A variable's name is taken to identify it; the weights of two layers have the same.

breaks: "Every weight has a velocity of its own"
fails: test_every_weight_has_its_own_velocity, test_resumes_where_it_was_saved
"""

import keras
import tensorflow as tf


class HeavyBall(keras.optimizers.Optimizer):
    def __init__(self, learning_rate=0.01, momentum=0.9, name="heavy_ball", **kwargs):
        super().__init__(learning_rate=learning_rate, name=name, **kwargs)
        self.momentum = momentum

    def build(self, variables):
        super().build(variables)
        self.velocities = {
            v.name: self.add_variable_from_reference(v, "velocity") for v in variables
        }

    def update_step(self, gradient, variable, learning_rate):
        m = self.velocities[variable.name.split("/")[-1].removesuffix(":0")]
        self.assign(m, self.momentum * m + gradient)
        self.assign_sub(variable, tf.cast(learning_rate, variable.dtype) * m)

    def get_config(self):
        return {**super().get_config(), "momentum": self.momentum}
