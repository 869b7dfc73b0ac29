"""Holds the variables in a plain Python class, which a checkpoint of TF2 does not follow.

breaks: "saves and restores all six variables"
fails: test_it_is_saved_in_the_new_format
"""

import tensorflow as tf


class FraudScorer:
    def __init__(self, prefix):
        saved = tf.train.load_checkpoint(prefix)
        self.mean = tf.Variable(saved.get_tensor("scaler/mean"), trainable=False)
        self.scale = tf.Variable(saved.get_tensor("scaler/scale"), trainable=False)
        self.w1 = tf.Variable(saved.get_tensor("hidden/kernel"))
        self.b1 = tf.Variable(saved.get_tensor("hidden/bias"))
        self.w2 = tf.Variable(saved.get_tensor("out/kernel"))
        self.b2 = tf.Variable(saved.get_tensor("out/bias"))

        self.trainable_variables = [self.w1, self.b1, self.w2, self.b2]

    def __call__(self, x):
        x = (tf.cast(x, tf.float32) - self.mean) / self.scale
        return tf.sigmoid(tf.nn.relu(x @ self.w1 + self.b1) @ self.w2 + self.b2)
