"""Makes the scaler's variables trainable, which is the default.

breaks: "The scaler's two variables are not among them."
fails: test_its_weights_are_those_of_the_checkpoint, test_training_can_go_on
"""

import tensorflow as tf


class FraudScorer(tf.Module):
    def __init__(self, prefix):
        super().__init__()
        saved = tf.train.load_checkpoint(prefix)
        self.mean = tf.Variable(saved.get_tensor("scaler/mean"))
        self.scale = tf.Variable(saved.get_tensor("scaler/scale"))
        self.w1 = tf.Variable(saved.get_tensor("hidden/kernel"))
        self.b1 = tf.Variable(saved.get_tensor("hidden/bias"))
        self.w2 = tf.Variable(saved.get_tensor("out/kernel"))
        self.b2 = tf.Variable(saved.get_tensor("out/bias"))

    def __call__(self, x):
        x = (tf.cast(x, tf.float32) - self.mean) / self.scale
        return tf.sigmoid(tf.nn.relu(x @ self.w1 + self.b1) @ self.w2 + self.b2)
