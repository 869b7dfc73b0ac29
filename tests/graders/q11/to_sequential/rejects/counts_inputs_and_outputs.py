"""One input and one output make a line.

breaks: "A layer joins two tensors", "A layer is called twice", "A step is an operation"
fails: test_a_join_is_refused, test_a_layer_used_twice_is_refused, test_an_operation_is_refused, test_one_tensor_twice_is_refused
"""

import keras


def to_sequential(model):
    if len(model.inputs) != 1 or len(model.outputs) != 1:
        raise ValueError("a line has one input and one output")
    first = model.inputs[0]
    first = keras.Input(batch_shape=first.shape, dtype=first.dtype)
    return keras.Sequential([first, *model.layers[1:]])
