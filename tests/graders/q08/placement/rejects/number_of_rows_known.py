"""The mean is divided by the number of rows that was known when it was traced.

breaks: "Inside a tf.function of the caller"
fails: test_training_is_the_same_in_a_graph
"""

import keras
import numpy as np
import tensorflow as tf


class TwoStage:
    def __init__(self, devices: tuple[str, str], weights: tuple[np.ndarray, ...]):
        self.devices = devices
        self.layers = []
        self.momenta = []
        for device, kernel, bias in zip(devices, weights[::2], weights[1::2], strict=True):
            with tf.device(device):
                layer = keras.layers.Dense(kernel.shape[1])
                layer.build((None, kernel.shape[0]))
                layer.kernel.assign(kernel)
                layer.bias.assign(bias)
                self.layers.append(layer)
                self.momenta.append(tf.Variable(tf.zeros(kernel.shape), trainable=False))
                self.momenta.append(tf.Variable(tf.zeros(bias.shape), trainable=False))

    @property
    def trainable_variables(self) -> list:
        return [*self.layers[0].trainable_variables, *self.layers[1].trainable_variables]

    def __call__(self, x: tf.Tensor) -> tf.Tensor:
        with tf.device(self.devices[0]):
            hidden = tf.nn.relu(self.layers[0](x))
        with tf.device(self.devices[1]):
            return self.layers[1](hidden)

    def train_step(self, x: tf.Tensor, y: tf.Tensor) -> tf.Tensor:
        first, second = self.layers
        with tf.device(self.devices[0]):
            before = first(x)
            hidden = tf.nn.relu(before)
        with tf.device(self.devices[1]):
            errors = second(hidden) - y
            loss = tf.reduce_mean(errors**2)
            doutputs = 2 * errors / (errors.shape[0] * errors.shape[1])
            dw2 = tf.matmul(hidden, doutputs, transpose_a=True)
            db2 = tf.reduce_sum(doutputs, axis=0)
            dhidden = tf.matmul(doutputs, second.kernel, transpose_b=True)
        with tf.device(self.devices[0]):
            dbefore = tf.where(before > 0, dhidden, tf.zeros_like(dhidden))
            dw1 = tf.matmul(x, dbefore, transpose_a=True)
            db1 = tf.reduce_sum(dbefore, axis=0)
        gradients = [dw1, db1, dw2, db2]
        for index, variable in enumerate(self.trainable_variables):
            with tf.device(self.devices[index // 2]):
                m = self.momenta[index]
                m.assign(0.9 * m - 0.05 * gradients[index])
                variable.assign_add(m)
        return loss
