"""A velocity is made with the arguments of Keras 2, `model_variable` and `variable_name`.

breaks: "Every weight has a velocity of its own"
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
        self.velocities = [
            self.add_variable_from_reference(model_variable=v, variable_name="m") for v in variables
        ]

    def update_step(self, gradient, variable, learning_rate):
        m = self.velocities[self._get_variable_index(variable)]
        self.assign(m, self.momentum * m + gradient)
        self.assign_sub(variable, tf.cast(learning_rate, variable.dtype) * m)

    def get_config(self):
        return {**super().get_config(), "momentum": self.momentum}
