"""Float32 is taken to be precise enough for a velocity, and a cast makes it fit.

breaks: "Weights may be of any floating-point dtype"
fails: test_a_weight_of_another_dtype, test_a_weight_with_many_digits
"""

import keras
import tensorflow as tf


class HeavyBall(keras.optimizers.Optimizer):
    def __init__(self, learning_rate=0.01, momentum=0.9, name="heavy_ball", **kwargs):
        super().__init__(learning_rate=learning_rate, name=name, **kwargs)
        self.momentum = momentum

    def build(self, variables):
        super().build(variables)
        self.velocities = [self.add_variable(v.shape, name="velocity") for v in variables]

    def update_step(self, gradient, variable, learning_rate):
        m = self.velocities[self._get_variable_index(variable)]
        self.assign(m, self.momentum * m + tf.cast(gradient, tf.float32))
        self.assign_sub(variable, tf.cast(learning_rate * m, variable.dtype))

    def get_config(self):
        return {**super().get_config(), "momentum": self.momentum}
