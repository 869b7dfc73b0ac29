"""Only variables have to be watched, because only they can change.

breaks: "tf.Tensors, tf.Variables and keras.Variables"
fails: test_a_table_of_which_rows_are_read, test_a_tensor_beside_a_variable, test_a_tensor_of_another_dtype, test_inside_a_compiled_function
"""

import keras
import tensorflow as tf


def gradients_of(loss, sources):
    held = [s.value if isinstance(s, keras.Variable) else s for s in sources]
    with tf.GradientTape(watch_accessed_variables=False) as tape:
        tape.watch([s for s in held if isinstance(s, tf.Variable)])
        target = loss()
    gradients = tape.gradient(target, held, unconnected_gradients="zero")
    return [tf.convert_to_tensor(gradient) for gradient in gradients]
