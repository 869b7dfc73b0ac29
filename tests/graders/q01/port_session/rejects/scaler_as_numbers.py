"""Keeps the scaler in constants, because it is not trained.

breaks: "saves and restores all six variables"
fails: test_it_is_saved_in_the_new_format
"""

import tensorflow as tf


class FraudScorer(tf.Module):
    def __init__(self, prefix):
        super().__init__()
        saved = tf.train.load_checkpoint(prefix)
        self.mean = saved.get_tensor("scaler/mean")
        self.scale = saved.get_tensor("scaler/scale")
        self.w1 = tf.Variable(saved.get_tensor("hidden/kernel"))
        self.b1 = tf.Variable(saved.get_tensor("hidden/bias"))
        self.w2 = tf.Variable(saved.get_tensor("out/kernel"))
        self.b2 = tf.Variable(saved.get_tensor("out/bias"))

    def __call__(self, x):
        x = (tf.cast(x, tf.float32) - self.mean) / self.scale
        return tf.sigmoid(tf.nn.relu(x @ self.w1 + self.b1) @ self.w2 + self.b2)
