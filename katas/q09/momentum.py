"""An optimizer that remembers: gradient descent with momentum."""

from collections.abc import Sequence

import keras
import tensorflow as tf


class HeavyBall(keras.optimizers.Optimizer):
    """Gradient descent with momentum.

    Every weight w has a velocity m of its own, which starts at zero. A step with gradient g is

        m = momentum * m + g
        w = w - learning_rate * m

    with the learning rate at the time of that step: it scales the step, not the velocity. A
    velocity has the dtype of its weight.

    It is an optimizer like those that come with Keras. It works eagerly and in `fit`, for
    weights of any floating-point dtype; it takes what every Keras optimizer takes (clipnorm,
    clipvalue, weight_decay, ...), and the base class acts on it; it can be made again from its
    config, with all its arguments; and a model that was saved in the .keras format with its
    optimizer resumes with the velocities it had.
    """

    def __init__(
        self,
        learning_rate: float | keras.optimizers.schedules.LearningRateSchedule = 0.01,
        momentum: float = 0.9,
        name: str = "heavy_ball",
        **kwargs,
    ):
        """Take the hyperparameters.

        Args:
            learning_rate: a number, or a schedule.
            momentum: the part of the velocity that is left after a step; 0.0 is plain gradient
                descent.
            name: the name of the optimizer.
            **kwargs: the other arguments of `keras.optimizers.Optimizer`.
        """
        raise NotImplementedError

    def build(self, variables: Sequence[keras.Variable]) -> None:
        """Make the velocities of `variables`; Keras calls this before the first step."""
        raise NotImplementedError

    def update_step(
        self, gradient: tf.Tensor, variable: tf.Variable, learning_rate: tf.Tensor
    ) -> None:
        """Take one step for one weight; Keras calls this for each weight in every step.

        Args:
            gradient: of the shape and dtype of the weight.
            variable: the `tf.Variable` that one of the `keras.Variable`s given to `build` holds;
                `self._get_variable_index(variable)` is its position among them.
            learning_rate: a float32 scalar, a tensor or a variable.
        """
        raise NotImplementedError

    def get_config(self) -> dict:
        """The arguments from which `from_config` makes an optimizer like this one.

        All of them: the schedule, the name and what `**kwargs` took as well.
        """
        raise NotImplementedError
