"""One variable for the module, set to 0 whenever a counter is made.

fails: test_every_counter_has_its_own_count
"""

import tensorflow as tf

CALLS = tf.Variable(0, dtype=tf.int64, trainable=False)


def make_counter():
    CALLS.assign(0)

    @tf.function
    def count(x):
        return CALLS.assign_add(1)

    return count
