"""An update is made once for each graph, as if a graph had only one place that calls the layer.

breaks: "Every call counts"
fails: test_a_compiled_function_adds_up
"""

import keras
import tensorflow as tf


class RunningTotal(keras.layers.Layer):
    def __init__(self, **kwargs):
        super().__init__(**kwargs)
        self.graphs = []
        self.total = self.add_weight(
            shape=(), initializer="zeros", dtype="float32", trainable=False, autocast=False
        )

    def call(self, inputs):
        graph = tf.compat.v1.get_default_graph()
        if tf.executing_eagerly() or graph not in self.graphs:
            self.graphs.append(graph)
            self.total.assign_add(tf.reduce_sum(tf.cast(inputs, tf.float32)))
        return inputs

    def reset(self):
        self.total.assign(0.0)
