"""A learning rate is taken for a number: of a schedule, the one it starts with.

breaks: "a number or a schedule"
fails: test_a_schedule_sets_the_steps
"""

import keras
import tensorflow as tf


class HeavyBall(keras.optimizers.Optimizer):
    def __init__(self, learning_rate=0.01, momentum=0.9, name="heavy_ball", **kwargs):
        if isinstance(learning_rate, keras.optimizers.schedules.LearningRateSchedule):
            learning_rate = float(learning_rate(0))
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
        return {**super().get_config(), "momentum": self.momentum}
