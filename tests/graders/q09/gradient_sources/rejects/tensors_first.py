"""Tensors and variables are handled apart, and their gradients handed back in that order.

breaks: "in the order, shapes and dtypes of the sources"
fails: test_a_tensor_beside_a_variable, test_inside_a_compiled_function, test_a_tensor_of_another_dtype, test_a_size_that_is_known_at_run_time
"""

import keras
import tensorflow as tf


def gradients_of(loss, sources):
    held = [s.value if isinstance(s, keras.Variable) else s for s in sources]
    variables = [s for s in held if isinstance(s, tf.Variable)]
    tensors = [s for s in held if not isinstance(s, tf.Variable)]
    with tf.GradientTape(persistent=True, watch_accessed_variables=False) as tape:
        tape.watch(variables)
        tape.watch(tensors)
        target = loss()
    of_variables = tape.gradient(target, variables, unconnected_gradients="zero")
    of_tensors = tape.gradient(target, tensors, unconnected_gradients="zero")
    return [tf.convert_to_tensor(gradient) for gradient in of_tensors + of_variables]
