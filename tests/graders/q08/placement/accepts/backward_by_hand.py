"""A tf.Module; the backward pass is written out, no tape."""

import tensorflow as tf


class TwoStage(tf.Module):
    def __init__(self, devices, weights):
        super().__init__()
        self.devices, self.v, self.m = devices, [], []
        for i, value in enumerate(weights):
            with tf.device(devices[i // 2]):
                self.v.append(tf.Variable(value))
                self.m.append(tf.Variable(0 * value, trainable=False))

    @property
    def trainable_variables(self):
        return self.v

    def first(self, x):
        with tf.device(self.devices[0]):
            return tf.nn.relu(tf.matmul(x, self.v[0]) + self.v[1])

    def second(self, h):
        with tf.device(self.devices[1]):
            return tf.matmul(h, self.v[2]) + self.v[3]

    def __call__(self, x):
        return self.second(self.first(x))

    def train_step(self, x, y):
        h = self.first(x)
        out = self.second(h)
        with tf.device(self.devices[1]):
            loss = tf.reduce_mean((out - y) ** 2)
            d = 2 * (out - y) / tf.cast(tf.size(y), tf.float32)
            back = tf.matmul(d, self.v[2], transpose_b=True)
            self.move(2, tf.matmul(h, d, transpose_a=True), tf.reduce_sum(d, 0))
        with tf.device(self.devices[0]):
            d = back * tf.cast(h > 0, tf.float32)
            self.move(0, tf.matmul(x, d, transpose_a=True), tf.reduce_sum(d, 0))
        return loss

    def move(self, start, *gradients):
        for v, m, g in zip(self.v[start:], self.m[start:], gradients):
            m.assign(0.9 * m - 0.05 * g)
            v.assign_add(m)
