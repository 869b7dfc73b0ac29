"""Wraps a class around the old program's session.

breaks: "as a float32 tensor of shape [n, 1]", "In a tf.function, they become a part of the graph"
fails: test_it_becomes_a_graph_for_all_batches, test_it_is_saved_in_the_new_format, test_the_scores_are_those_of_the_session, test_training_can_go_on, test_variables_are_found_by_name, test_its_weights_are_those_of_the_checkpoint
"""

import tensorflow as tf

from lab import fraud_v1


class FraudScorer(tf.Module):
    def __init__(self, prefix):
        super().__init__()
        features, hidden = tf.train.load_checkpoint(prefix).get_tensor("hidden/kernel").shape
        self._graph = tf.Graph()
        with self._graph.as_default():
            self._x, self._score = fraud_v1.build(features, hidden)
            self._session = tf.compat.v1.Session()
            tf.compat.v1.train.Saver().restore(self._session, prefix)

    def __call__(self, x):
        return tf.constant(self._session.run(self._score, {self._x: x}))
