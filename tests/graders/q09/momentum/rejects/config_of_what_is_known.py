"""The config names the arguments that its writer knew of.

breaks: "The config has the name, a schedule and `**kwargs`"
fails: test_the_config_has_every_argument
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
        self.assign_sub(variable, tf.cast(learning_rate, variable.dtype) * velocity)

    def get_config(self) -> dict:
        known = ["name", "learning_rate", "weight_decay", "clipnorm", "clipvalue"]
        base = super().get_config()
        return {**{name: base[name] for name in known}, "momentum": self.momentum}
