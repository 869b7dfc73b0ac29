"""Variables whose shape is left open, tracked by a tf.train.Checkpoint, and a graph of its own."""

import tensorflow as tf

NAMES = ("hidden/kernel", "hidden/bias", "out/kernel", "out/bias", "scaler/mean", "scaler/scale")


class FraudScorer(tf.train.Checkpoint):
    def __init__(self, prefix):
        super().__init__()
        self.parts = [
            tf.Variable(
                tf.train.load_variable(prefix, name),
                trainable=not name.startswith("scaler"),
                shape=tf.TensorShape(None),
            )
            for name in NAMES
        ]
        self.compiled = tf.function(self.scores, reduce_retracing=True)

    @property
    def trainable_variables(self):
        return tuple(self.parts[:4])

    def scores(self, x):
        w1, b1, w2, b2, mean, scale = self.parts
        return tf.sigmoid(tf.nn.relu((x - mean) / scale @ w1 + b1) @ w2 + b2)

    def __call__(self, x):
        return self.compiled(tf.cast(x, tf.float32))
