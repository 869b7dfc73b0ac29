"""Weight decay is added to the gradient, so that it enters the velocity.

breaks: "`**kwargs` act as in every Keras optimizer"
fails: test_keeps_what_every_optimizer_can
"""

import keras
import tensorflow as tf


class HeavyBall(keras.optimizers.Optimizer):
    def __init__(self, learning_rate=0.01, momentum=0.9, name="heavy_ball", **kwargs):
        super().__init__(learning_rate=learning_rate, name=name, **kwargs)
        self.momentum = momentum
        self.decay, self.weight_decay = self.weight_decay, None

    def build(self, variables):
        super().build(variables)
        self.velocities = self.add_optimizer_variables(variables, "velocity")

    def update_step(self, gradient, variable, learning_rate):
        if self.decay:
            gradient = gradient + tf.constant(self.decay, variable.dtype) * variable
        m = self.velocities[self._get_variable_index(variable)]
        self.assign(m, self.momentum * m + gradient)
        self.assign_sub(variable, tf.cast(learning_rate, variable.dtype) * m)

    def get_config(self):
        return {**super().get_config(), "momentum": self.momentum, "weight_decay": self.decay}
