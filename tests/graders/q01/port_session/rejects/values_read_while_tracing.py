"""Takes the weights as constants into each graph, which is faster to run and never learns.

breaks: "A new value of one counts from the next call on."
fails: test_training_can_go_on
"""

import numpy as np
import tensorflow as tf


class FraudScorer(tf.Module):
    def __init__(self, prefix):
        super().__init__()
        saved = tf.train.load_checkpoint(prefix)
        self.mean = tf.Variable(saved.get_tensor("scaler/mean"), trainable=False)
        self.scale = tf.Variable(saved.get_tensor("scaler/scale"), trainable=False)
        self.hidden = [tf.Variable(saved.get_tensor(f"hidden/{n}")) for n in ("kernel", "bias")]
        self.out = [tf.Variable(saved.get_tensor(f"out/{n}")) for n in ("kernel", "bias")]

    def __call__(self, x):
        weights = [*self.hidden, *self.out]
        if not tf.executing_eagerly():
            with tf.init_scope():
                weights = [weight.numpy() for weight in weights]
        kernel, bias, out_kernel, out_bias = weights
        x = tf.cast(x if tf.is_tensor(x) else np.asarray(x), tf.float32)
        hidden = tf.nn.relu(tf.matmul((x - self.mean) / self.scale, kernel) + bias)
        return tf.sigmoid(tf.matmul(hidden, out_kernel) + out_bias)
