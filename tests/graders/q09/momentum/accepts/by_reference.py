"""Each velocity is made with its weight as a reference, and found by a closure; assign's own
result is used."""

import keras
import tensorflow as tf


class HeavyBall(keras.optimizers.Optimizer):
    def __init__(self, learning_rate=0.01, momentum=0.9, name="heavy_ball", **kwargs):
        super().__init__(learning_rate=learning_rate, name=name, **kwargs)
        self._decay = float(momentum)

    def build(self, variables):
        super().build(variables)
        made = [self.add_variable_from_reference(v, name="m") for v in variables]
        self._slot_of = lambda variable: made[self._get_variable_index(variable)].value

    def update_step(self, gradient, variable, learning_rate):
        slot = self._slot_of(variable)
        new = slot.assign(tf.constant(self._decay, slot.dtype) * slot + gradient)
        variable.assign(variable - tf.cast(learning_rate, slot.dtype) * new)

    def get_config(self):
        return super().get_config() | {"momentum": self._decay}
