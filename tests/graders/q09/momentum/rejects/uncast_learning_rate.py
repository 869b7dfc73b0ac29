"""The learning rate is used as it comes, a float32, whatever the weight is.

breaks: "Weights may be of any floating-point dtype"
fails: test_a_weight_of_another_dtype
"""

from collections.abc import Sequence

import keras
import tensorflow as tf


class HeavyBall(keras.optimizers.Optimizer):
    """Gradient descent with momentum: m = momentum * m + g, then w = w - learning_rate * m."""

    def __init__(
        self,
        learning_rate: float | keras.optimizers.schedules.LearningRateSchedule = 0.01,
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
        variable.assign_sub(learning_rate * velocity)

    def get_config(self) -> dict:
        return {**super().get_config(), "momentum": self.momentum}
