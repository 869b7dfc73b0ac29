"""One tape for the whole model, and one call of gradient.

breaks: "They run there in the backward pass"
fails: test_backward_products_run_on_both_devices
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
        return second(first(x, tf.nn.relu), tf.identity)

    def train_step(self, x, y):
        with tf.GradientTape() as tape:
            loss = tf.reduce_mean((self(x) - y) ** 2)
        gradients = tape.gradient(loss, self.trainable_variables)
        self.stages[0].update(gradients[:2])
        self.stages[1].update(gradients[2:])
        return loss


class Stage:
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
