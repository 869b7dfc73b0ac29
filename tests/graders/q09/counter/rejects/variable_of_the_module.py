"""One variable belongs to the module, and is set to 0 whenever a counter is made.

breaks: "Two counters count separately"
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
