"""A tape records whatever happens in its block, so there is nothing to tell it: the usual first
answer, right for the weights of a model in training and for nothing else.

breaks: "trainable or not", "has a gradient of zeros"
fails: test_a_tensor_beside_a_variable, test_a_frozen_variable, test_a_source_that_the_loss_ignores, test_keras_variables, test_inside_a_compiled_function, test_a_tensor_of_another_dtype, test_a_size_that_is_known_at_run_time, test_a_table_of_which_rows_are_read, test_no_needless_work
"""

import tensorflow as tf


def gradients_of(loss, sources):
    with tf.GradientTape() as tape:
        target = loss()
    return tape.gradient(target, sources)
