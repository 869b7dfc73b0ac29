"""Not a variable: a mutable hash table, whose one entry is the count."""

import tensorflow as tf


def make_counter():
    table = tf.lookup.experimental.MutableHashTable(tf.int64, tf.int64, default_value=0)
    key = tf.constant(0, tf.int64)

    def count(x):
        calls = tf.reshape(table.lookup(key), []) + 1
        table.insert(key, calls)
        return calls

    return count
