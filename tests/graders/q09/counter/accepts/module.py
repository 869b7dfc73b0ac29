"""A tf.Module that makes its variable in the first trace only, and a call of its instance."""

import tensorflow as tf


class Counter(tf.Module):
    def __init__(self):
        super().__init__()
        self.calls = None

    @tf.function
    def __call__(self, x):
        if self.calls is None:
            self.calls = tf.Variable(0, dtype=tf.int64, trainable=False)
        return self.calls.assign_add(1)


make_counter = Counter
