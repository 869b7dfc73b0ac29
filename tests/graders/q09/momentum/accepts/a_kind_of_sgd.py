"""A subclass of SGD, whose config has a momentum; slots and formula are its own, and a step is
computed in float32 at least."""

import keras
import tensorflow as tf


class HeavyBall(keras.optimizers.SGD):
    def __init__(self, learning_rate=0.01, momentum=0.9, name="heavy_ball", **kwargs):
        super().__init__(learning_rate, name=name, **kwargs)
        self.momentum = momentum

    def build(self, variables):
        keras.optimizers.Optimizer.build(self, variables)
        self.momentums = self.add_optimizer_variables(variables, "momentum")

    def update_step(self, gradient, variable, learning_rate):
        m = self.momentums[self._get_variable_index(variable)]
        wide = tf.float64 if variable.dtype == tf.float64 else tf.float32
        new = self.momentum * tf.cast(m, wide) + tf.cast(gradient, wide)
        m.assign(tf.cast(new, m.dtype))
        step = tf.cast(learning_rate, wide) * new
        variable.assign(tf.cast(tf.cast(variable, wide) - step, variable.dtype))
