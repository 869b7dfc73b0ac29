"""The learning rate that Adam starts from is taken, where none is given.

breaks: "by default 0.01"
fails: test_the_defaults
"""

from collections.abc import Sequence

import keras
import tensorflow as tf


class HeavyBall(keras.optimizers.Optimizer):
    """Gradient descent with momentum: m = momentum * m + g, then w = w - learning_rate * m."""

    def __init__(
        self,
        learning_rate: float | keras.optimizers.schedules.LearningRateSchedule = 0.001,
        momentum: float = 0.9,
        name: str = "heavy_ball",
        **kwargs,
    ):
        super().__init__(learning_rate=learning_rate, name=name, **kwargs)
        self.momentum = momentum

    def build(self, variables: Sequence[keras.Variable]) -> None:
        super().build(variables)
        self.velocities = self.add_optimizer_variables(variables, "velocity")

    def update_step(
        self, gradient: tf.Tensor, variable: tf.Variable, learning_rate: tf.Tensor
    ) -> None:
        velocity = self.velocities[self._get_variable_index(variable)]
        self.assign(velocity, self.momentum * velocity + gradient)
        self.assign_sub(variable, tf.cast(learning_rate, variable.dtype) * velocity)

    def get_config(self) -> dict:
        return {**super().get_config(), "momentum": self.momentum}
