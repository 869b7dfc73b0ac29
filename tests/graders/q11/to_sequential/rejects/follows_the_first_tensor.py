"""Of the tensors that a layer takes, the first is followed; a branch shows by layers left over.

breaks: "A layer joins two tensors"
fails: test_a_join_is_refused, test_one_tensor_twice_is_refused
"""

import keras


def to_sequential(model):
    if len(model.inputs) != 1 or len(model.outputs) != 1:
        raise ValueError(f"{len(model.inputs)} inputs, {len(model.outputs)} outputs")
    line, tensor = [], model.outputs[0]
    while tensor is not model.inputs[0]:
        operation, node, _ = tensor._keras_history
        sources = operation._inbound_nodes[node].input_tensors
        if not isinstance(operation, keras.Layer):
            raise ValueError(f"{operation.name} is an operation")
        if operation in line:
            raise ValueError(f"{operation.name} is used twice")
        line.append(operation)
        tensor = sources[0]
    if len(line) < len(model.layers) - 1:
        raise ValueError("not all layers are on the way")
    first = keras.Input(batch_shape=tensor.shape, dtype=tensor.dtype)
    return keras.Sequential([first, *reversed(line)])
