"""A variable is turned into a tensor that is watched; the loss reads the variable again.

fails: test_a_tensor_beside_a_variable, test_a_frozen_variable, test_a_source_that_the_loss_ignores, test_keras_variables, test_a_table_of_which_rows_are_read, test_inside_a_compiled_function, test_no_needless_work
"""

import tensorflow as tf


def gradients_of(loss, sources):
    readings = [tf.convert_to_tensor(source) for source in sources]
    with tf.GradientTape(watch_accessed_variables=False) as tape:
        tape.watch(readings)
        target = loss()
    gradients = tape.gradient(target, readings, unconnected_gradients="zero")
    return [tf.convert_to_tensor(gradient) for gradient in gradients]
