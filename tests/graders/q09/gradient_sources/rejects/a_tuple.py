"""A tape gives back a list, in whatever the sources were handed to it.

breaks: "A list of one tf.Tensor per source"
fails: test_a_tensor_beside_a_variable, test_a_frozen_variable, test_a_source_that_the_loss_ignores, test_keras_variables, test_inside_a_compiled_function, test_a_tensor_of_another_dtype, test_a_source_named_twice, test_a_size_that_is_known_at_run_time, test_a_table_of_which_rows_are_read
"""

import keras
import tensorflow as tf


def gradients_of(loss, sources):
    held = tuple(s.value if isinstance(s, keras.Variable) else s for s in sources)
    with tf.GradientTape(watch_accessed_variables=False) as tape:
        tape.watch(held)
        target = loss()
    gradients = tape.gradient(target, held, unconnected_gradients="zero")
    return tf.nest.map_structure(tf.convert_to_tensor, gradients)
