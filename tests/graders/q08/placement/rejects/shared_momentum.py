"""Two models share what the optimizer remembers.

breaks: "Outputs, losses and weights are those that one device would get"
fails: test_training_is_that_of_one_device
"""

import numpy as np
import tensorflow as tf


class Stage:
    slots = {}

    def __init__(self, device, w, b, activate):
        self.device, self.activate = device, activate
        with tf.device(device):
            self.w = tf.Variable(tf.constant(w))
            self.b = tf.Variable(tf.constant(b))
            self.key = activate
            if activate not in self.slots:
                self.slots[activate] = (
                    tf.Variable(tf.zeros_like(self.w)),
                    tf.Variable(tf.zeros_like(self.b)),
                )
            self.mw, self.mb = self.slots[activate]

    def forward(self, x):
        with tf.device(self.device):
            out = tf.identity(x) @ self.w + self.b
            return tf.nn.relu(out) if self.activate else out

    def backward(self, x, out, d_out, want_input):
        with tf.device(self.device):
            d = d_out * tf.cast(out > 0, d_out.dtype) if self.activate else tf.identity(d_out)
            grads = tf.matmul(x, d, transpose_a=True), tf.reduce_sum(d, axis=0)
            back = tf.matmul(d, self.w, transpose_b=True) if want_input else None
            for v, m, g in zip((self.w, self.b), (self.mw, self.mb), grads):
                m.assign(0.9 * m - 0.05 * g)
                v.assign_add(m)
            return back


class TwoStage:
    def __init__(self, devices, weights):
        w1, b1, w2, b2 = weights
        self.one = Stage(devices[0], w1, b1, True)
        self.two = Stage(devices[1], w2, b2, False)

    @property
    def trainable_variables(self):
        return [self.one.w, self.one.b, self.two.w, self.two.b]

    def __call__(self, x):
        return self.two.forward(self.one.forward(x))

    def train_step(self, x, y):
        hidden = self.one.forward(x)
        out = self.two.forward(hidden)
        with tf.device(self.two.device):
            error = out - y
            loss = tf.reduce_mean(tf.square(error))
            d_out = 2.0 * error / tf.cast(tf.size(error), tf.float32)
        back = self.two.backward(hidden, out, d_out, True)
        self.one.backward(x, hidden, back, False)
        return loss
