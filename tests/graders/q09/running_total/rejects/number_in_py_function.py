"""A Python number is kept up to date by a call back from the graph into Python.

breaks: "without tf.py_function"
fails: test_the_graph_does_the_adding
"""

import keras
import numpy as np
import tensorflow as tf


class RunningTotal(keras.layers.Layer):
    def __init__(self, **kwargs):
        super().__init__(**kwargs)
        self.total = 0.0

    def call(self, inputs):
        tf.py_function(self.add, [tf.reduce_sum(tf.cast(inputs, tf.float32))], [])
        return inputs

    def add(self, amount):
        self.total += float(amount)

    def reset(self):
        self.total = 0.0

    def save_own_variables(self, store):
        store["total"] = np.array(self.total)

    def load_own_variables(self, store):
        self.total = float(store["total"][()])
