"""The variable is made where it is used: in every call, which a tf.function refuses.

fails: test_calls_are_counted_not_traces, test_the_count_is_an_int64, test_every_counter_has_its_own_count, test_it_counts_within_other_functions, test_the_count_belongs_to_the_graph
"""

import tensorflow as tf


def make_counter():
    @tf.function
    def count(x):
        calls = tf.Variable(0, dtype=tf.int64)
        return calls.assign_add(1)

    return count
