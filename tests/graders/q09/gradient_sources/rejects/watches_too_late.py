"""The sources are named just before the gradient is asked for.

breaks: "trainable or not"
fails: test_a_frozen_variable, test_a_table_of_which_rows_are_read, test_a_tensor_beside_a_variable, test_a_tensor_of_another_dtype, test_inside_a_compiled_function, test_keras_variables, test_no_needless_work
"""

import keras
import tensorflow as tf


def gradients_of(loss, sources):
    held = [s.value if isinstance(s, keras.Variable) else s for s in sources]
    with tf.GradientTape() as tape:
        target = loss()
        tape.watch(held)
    gradients = tape.gradient(target, held, unconnected_gradients="zero")
    return [tf.convert_to_tensor(gradient) for gradient in gradients]
