"""Velocities are plain keras.Variables in a list; Keras tracks them as attributes. The
serialization is registered, and steps are written with the variables' own methods."""

import keras
from keras import ops


@keras.saving.register_keras_serializable(package="katas")
class HeavyBall(keras.optimizers.Optimizer):
    def __init__(self, learning_rate=0.01, momentum=0.9, name="heavy_ball", **kwargs):
        super().__init__(learning_rate, name=name, **kwargs)
        self.momentum = momentum

    def build(self, variables):
        if self.built:
            return
        super().build(variables)
        self.velocities = [
            keras.Variable(ops.zeros(v.shape, v.dtype), dtype=v.dtype, trainable=False)
            for v in variables
        ]

    def update_step(self, gradient, variable, learning_rate):
        m = self.velocities[self._get_variable_index(variable)]
        m.assign(ops.multiply(m, self.momentum))
        m.assign_add(gradient)
        variable.assign_sub(ops.cast(learning_rate, variable.dtype) * m)

    def get_config(self):
        config = super().get_config()
        config.update(momentum=self.momentum)
        return config
