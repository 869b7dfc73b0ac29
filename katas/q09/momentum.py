"""An optimizer's memory."""

from collections.abc import Sequence

import keras
import tensorflow as tf


class HeavyBall(keras.optimizers.Optimizer):
    """Gradient descent with momentum.

    >>> optimizer, w = HeavyBall(learning_rate=0.1, momentum=0.5), keras.Variable(1.0)
    >>> for _ in range(2):
    ...     optimizer.apply([tf.constant(1.0)], [w])
    >>> round(float(w), 4)
    0.75

    Every weight w has a velocity m, zero at first. A step with gradient g is

        m = momentum * m + g
        w = w - learning_rate * m

    - Every step follows this formula.
    - The learning rate scales the step, not the velocity.
    - Every weight has a velocity of its own, whatever order they come in.
    - `fit` takes the same steps as an eager loop.
    - A `.keras` file keeps the velocities.
    - `HeavyBall.from_config` makes an optimizer with the same momentum.

    Args:
        learning_rate: a number or a schedule, by default 0.01. A new `optimizer.learning_rate`
            counts from the next step on.
        momentum: a number, by default 0.9; 0.0 is plain gradient descent.

    Beyond the idea:
        - Weights may be of any floating-point dtype, and their velocities have the same.
        - With float64 weights, `momentum` and the velocities keep all their digits.
        - `**kwargs` act as in every Keras optimizer, such as `clipvalue` and `weight_decay`.
        - The config has the name, a schedule and `**kwargs` as well.
    """

    def __init__(
        self,
        learning_rate: float | keras.optimizers.schedules.LearningRateSchedule = 0.01,
        momentum: float = 0.9,
        name: str = "heavy_ball",
        **kwargs,
    ):
        raise NotImplementedError

    def build(self, variables: Sequence[keras.Variable]) -> None:
        """Make the velocities before any step."""
        raise NotImplementedError

    def update_step(
        self, gradient: tf.Tensor, variable: tf.Variable, learning_rate: tf.Tensor
    ) -> None:
        """Take one step for one weight.

        `variable` is the tf.Variable of one of `build`'s variables. Its position there is
        `self._get_variable_index(variable)`. `learning_rate` is a float32 scalar.
        """
        raise NotImplementedError

    def get_config(self) -> dict:
        """Return the arguments of the constructor, for `from_config`."""
        raise NotImplementedError
