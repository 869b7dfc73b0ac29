"""A variable is turned into a tensor that is watched; the loss reads the variable again.

breaks: "tf.Variables and keras.Variables"
fails: test_a_tensor_beside_a_variable, test_a_frozen_variable, test_a_source_that_the_loss_ignores, test_keras_variables, test_inside_a_compiled_function, test_a_tensor_of_another_dtype, test_a_source_named_twice, test_a_size_that_is_known_at_run_time, test_a_table_of_which_rows_are_read
"""

import tensorflow as tf


def gradients_of(loss, sources):
    readings = [tf.convert_to_tensor(source) for source in sources]
    with tf.GradientTape(watch_accessed_variables=False) as tape:
        tape.watch(readings)
        target = loss()
    gradients = tape.gradient(target, readings, unconnected_gradients="zero")
    return [tf.convert_to_tensor(gradient) for gradient in gradients]
