"""The table is taken to end with the last row that was read.

breaks: "the gradient has all rows: zeros for the others"
fails: test_a_table_of_which_rows_are_read
"""

import keras
import tensorflow as tf


def gradients_of(loss, sources):
    held = [s.value if isinstance(s, keras.Variable) else s for s in sources]
    with tf.GradientTape(watch_accessed_variables=False) as tape:
        tape.watch(held)
        target = loss()
    gradients = tape.gradient(target, held, unconnected_gradients="zero")
    return [
        tf.math.unsorted_segment_sum(g.values, g.indices, tf.reduce_max(g.indices) + 1)
        if isinstance(g, tf.IndexedSlices)
        else g
        for g in gradients
    ]
