"""Casts what is wider than a float32, and expects a smaller number to fit.

breaks: "an array of any floats or integers of 8 to 64 bits"
fails: test_batches_are_what_a_feed_dict_took
"""

import numpy as np
import tensorflow as tf


class FraudScorer(tf.Module):
    def __init__(self, prefix):
        super().__init__()
        saved = tf.train.load_checkpoint(prefix)
        self.mean = tf.Variable(saved.get_tensor("scaler/mean"), trainable=False)
        self.scale = tf.Variable(saved.get_tensor("scaler/scale"), trainable=False)
        self.w1 = tf.Variable(saved.get_tensor("hidden/kernel"))
        self.b1 = tf.Variable(saved.get_tensor("hidden/bias"))
        self.w2 = tf.Variable(saved.get_tensor("out/kernel"))
        self.b2 = tf.Variable(saved.get_tensor("out/bias"))

    def __call__(self, x):
        if not tf.is_tensor(x):
            x = np.asarray(x)
            if x.dtype.itemsize > 2:
                x = x.astype("float32")
        x = (tf.convert_to_tensor(x) - self.mean) / self.scale
        return tf.sigmoid(tf.nn.relu(x @ self.w1 + self.b1) @ self.w2 + self.b2)
