"""Works with the values that the variables had when the call was prepared.

breaks: "Gradients reach each of them.", "A new value of one counts"
fails: test_training_can_go_on, test_it_is_saved_in_the_new_format
"""

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
        self.now = [
            tf.identity(v) for v in (self.mean, self.scale, self.w1, self.b1, self.w2, self.b2)
        ]

    def __call__(self, x):
        mean, scale, w1, b1, w2, b2 = self.now
        x = (tf.cast(x, tf.float32) - mean) / scale
        return tf.sigmoid(tf.nn.relu(x @ w1 + b1) @ w2 + b2)
