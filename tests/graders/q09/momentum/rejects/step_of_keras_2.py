"""update_step has the arguments of Keras 2, without a learning rate.

breaks: "`fit` takes the same steps"
fails: test_steps_follow_the_formula, test_every_weight_has_its_own_velocity, test_fit_keeps_the_velocity, test_resumes_where_it_was_saved, test_made_again_from_its_config, test_a_schedule_sets_the_steps, test_without_momentum, test_keeps_what_every_optimizer_can, test_a_weight_of_another_dtype, test_the_config_has_every_argument, test_a_new_learning_rate_scales_the_next_step, test_a_weight_with_many_digits, test_the_defaults
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

    def update_step(self, gradient, variable):
        m = self.velocities[self._get_variable_index(variable)]
        self.assign(m, self.momentum * m + gradient)
        self.assign_sub(variable, tf.cast(self.learning_rate, variable.dtype) * m)

    def get_config(self):
        return {**super().get_config(), "momentum": self.momentum}
