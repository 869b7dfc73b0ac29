"""Looks a variable up by the beginning of its name, and Adam's come later in the list.

breaks: "It may be a resumable one"
fails: test_variables_are_found_by_name
"""

import tensorflow as tf


class FraudScorer(tf.Module):
    def __init__(self, prefix):
        super().__init__()
        read = tf.train.load_checkpoint(prefix).get_tensor
        found = {}
        for name, _ in tf.train.list_variables(prefix):
            found["/".join(name.split("/")[:2])] = read(name)
        self.mean, self.scale = (
            tf.Variable(found[f"scaler/{n}"], trainable=False) for n in ("mean", "scale")
        )
        self.w1, self.b1 = (tf.Variable(found[f"hidden/{n}"]) for n in ("kernel", "bias"))
        self.w2, self.b2 = (tf.Variable(found[f"out/{n}"]) for n in ("kernel", "bias"))

    def __call__(self, x):
        x = (tf.cast(x, tf.float32) - self.mean) / self.scale
        return tf.sigmoid(tf.nn.relu(x @ self.w1 + self.b1) @ self.w2 + self.b2)
