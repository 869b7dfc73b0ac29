"""apply is written anew, since an optimizer applies gradients: what else the base class does
there is lost.

breaks: "such as `clipvalue` and `weight_decay`"
fails: test_keeps_what_every_optimizer_can
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

    def apply(self, grads, trainable_variables=None):
        if trainable_variables is None:
            trainable_variables = self._trainable_variables
        with tf.init_scope():
            if not self.built:
                self.build(trainable_variables)
        for gradient, weight in zip(self._clip_gradients(grads), trainable_variables, strict=True):
            self.update_step(gradient, weight.value, self.learning_rate)
        self.iterations.assign_add(1)

    def get_config(self):
        return {**super().get_config(), "momentum": self.momentum}
