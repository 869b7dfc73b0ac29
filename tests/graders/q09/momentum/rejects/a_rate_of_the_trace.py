"""The learning rate is read as a number while `fit` is traced, and stays so.

breaks: "`fit` takes the same steps as an eager loop"
fails: test_fit_keeps_the_velocity
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
        with tf.init_scope():
            rate = float(tf.convert_to_tensor(self.learning_rate))
        m = self.velocities[self._get_variable_index(variable)]
        self.assign(m, self.momentum * m + gradient)
        self.assign_sub(variable, tf.constant(rate, variable.dtype) * m)

    def get_config(self):
        return {**super().get_config(), "momentum": self.momentum}
