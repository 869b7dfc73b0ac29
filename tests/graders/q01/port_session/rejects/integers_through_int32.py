"""Makes integers int32 first, and large ones change.

breaks: "No digit is lost, except those that a float32 has no room for."
fails: test_large_integers_keep_their_value
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
            if x.dtype.kind in "iu":
                x = x.astype("int32")
        x = (tf.cast(x, tf.float32) - self.mean) / self.scale
        return tf.sigmoid(tf.nn.relu(x @ self.w1 + self.b1) @ self.w2 + self.b2)
