"""Both stages end in a relu.

breaks: "Outputs, losses and weights are those that one device would get"
fails: test_training_is_that_of_one_device
"""

import numpy as np
import tensorflow as tf


class TwoStage:
    def __init__(self, devices: tuple[str, str], weights: tuple[np.ndarray, ...]):
        self.stages = [Stage(devices[0], *weights[:2]), Stage(devices[1], *weights[2:])]

    @property
    def trainable_variables(self) -> list:
        return [weight for stage in self.stages for weight in stage.weights]

    def __call__(self, x: tf.Tensor) -> tf.Tensor:
        first, second = self.stages
        return second(first(x, tf.nn.relu), tf.nn.relu)

    def train_step(self, x: tf.Tensor, y: tf.Tensor) -> tf.Tensor:
        first, second = self.stages
        with tf.GradientTape() as first_tape:
            hidden = first(x, tf.nn.relu)
        with tf.GradientTape() as second_tape, tf.device(second.device):
            second_tape.watch(hidden)
            loss = tf.reduce_mean((second(hidden, tf.identity) - y) ** 2)
        # A tape runs the backward pass under the scope that gradient() is called in, so each
        # stage has a tape of its own, and what goes between them is the gradient of `hidden`.
        with tf.device(second.device):
            *gradients, back = second_tape.gradient(loss, [*second.weights, hidden])
            second.update(gradients)
        with tf.device(first.device):
            first.update(first_tape.gradient(hidden, first.weights, output_gradients=back))
        return loss


class Stage:
    """A layer with its weights and their momentum on one device."""

    def __init__(self, device: str, w: np.ndarray, b: np.ndarray):
        self.device = device
        with tf.device(device):
            self.weights = [tf.Variable(w), tf.Variable(b)]
            self.momentum = [tf.Variable(tf.zeros_like(v), trainable=False) for v in self.weights]

    def __call__(self, x: tf.Tensor, activation) -> tf.Tensor:
        with tf.device(self.device):
            return activation(x @ self.weights[0] + self.weights[1])

    def update(self, gradients: list) -> None:
        for weight, m, gradient in zip(self.weights, self.momentum, gradients, strict=True):
            m.assign(0.9 * m - 0.05 * gradient)
            weight.assign_add(m)
