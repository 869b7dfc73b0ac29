"""The weights are put in place by hand, for the order of the velocities. What else the base class
makes in its own `build`, such as averages of the weights, is not there.

breaks: "`**kwargs` act as in every Keras optimizer"
fails: test_keeps_what_every_optimizer_can
"""

import keras
import tensorflow as tf


class HeavyBall(keras.optimizers.Optimizer):
    def __init__(self, learning_rate=0.01, momentum=0.9, name="heavy_ball", **kwargs):
        super().__init__(learning_rate=learning_rate, name=name, **kwargs)
        self.momentum = momentum

    def build(self, variables):
        if self.built:
            return
        for index, variable in enumerate(variables):
            self._trainable_variables_indices[self._var_key(variable)] = index
        self._trainable_variables = list(variables)
        self.built = True
        self.velocities = self.add_optimizer_variables(variables, "velocity")

    def update_step(self, gradient, variable, learning_rate):
        velocity = self.velocities[self._get_variable_index(variable)]
        gradient = tf.cast(gradient, variable.dtype)
        learning_rate = tf.cast(learning_rate, variable.dtype)
        velocity.assign(velocity.value * self.momentum + gradient)
        variable.assign_sub(learning_rate * velocity.value)

    def get_config(self):
        return {**super().get_config(), "momentum": self.momentum}
