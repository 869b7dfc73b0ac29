"""The state is a NumPy number, and the sum is NumPy's: a graph has no values to add.

breaks: "made by you, a tf.function, `fit`"
fails: test_a_compiled_function_adds_up, test_the_graph_does_the_adding, test_fit_and_predict_add_up, test_a_weights_file_keeps_the_total, test_a_saved_model_keeps_its_total, test_reset_reaches_compiled_functions, test_the_total_is_computed_in_float32
"""

import keras
import numpy as np


class RunningTotal(keras.layers.Layer):
    def __init__(self, **kwargs):
        super().__init__(**kwargs)
        self.total = np.zeros((), "float32")

    def call(self, inputs):
        self.total = self.total + np.sum(np.asarray(inputs))
        return inputs

    def reset(self):
        self.total = np.zeros((), "float32")
