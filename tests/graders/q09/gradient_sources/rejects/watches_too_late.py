"""It is enough to name the sources before the gradient is asked for.

fails: test_a_tensor_beside_a_variable, test_a_frozen_variable, test_keras_variables, test_no_needless_work, test_inside_a_compiled_function
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
