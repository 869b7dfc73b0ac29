"""A tracked object of its own for each part; trainable_variables is a property."""

import tensorflow as tf


class Affine(tf.train.Checkpoint):
    pass


class FraudScorer(tf.train.Checkpoint):
    def __init__(self, prefix):
        read = tf.train.load_checkpoint(prefix).get_tensor
        hidden, out, scaler = (
            Affine(
                kernel=tf.Variable(read(f"{part}/{a}"), trainable=part != "scaler"),
                bias=tf.Variable(read(f"{part}/{b}"), trainable=part != "scaler"),
            )
            for part, a, b in (
                ("hidden", "kernel", "bias"),
                ("out", "kernel", "bias"),
                ("scaler", "scale", "mean"),
            )
        )
        super().__init__(hidden=hidden, out=out, scaler=scaler)

    @property
    def trainable_variables(self):
        return (self.out.bias, self.out.kernel, self.hidden.bias, self.hidden.kernel)

    def __call__(self, x):
        x = (tf.cast(x, tf.float32) - self.scaler.bias) / self.scaler.kernel
        x = tf.maximum(tf.matmul(x, self.hidden.kernel) + self.hidden.bias, 0.0)
        return 1.0 / (1.0 + tf.exp(-(tf.matmul(x, self.out.kernel) + self.out.bias)))
