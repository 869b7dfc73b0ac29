"""The list of layers is the network: whatever the model is, its layers are put into a Sequential.

breaks: "there are two inputs or two outputs", "A layer joins two tensors", "A step is an operation"
fails: test_a_join_is_refused, test_a_layer_used_twice_is_refused, test_an_operation_is_refused, test_one_tensor_twice_is_refused, test_several_inputs_or_outputs_are_refused, test_the_input_stays_as_it_was
"""

import keras


def to_sequential(model):
    return keras.Sequential([keras.Input(model.input_shape[1:]), *model.layers[1:]])
