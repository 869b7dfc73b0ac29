"""How many outputs there are is not looked at: the way to the last one is a line.

breaks: "there are two inputs or two outputs"
fails: test_several_inputs_or_outputs_are_refused
"""

import keras


def to_sequential(model):
    if len(model.inputs) != 1:
        raise ValueError(f"{len(model.inputs)} inputs, {len(model.outputs)} outputs")
    line, tensor = [], model.outputs[-1]
    while tensor is not model.inputs[0]:
        operation, node, _ = tensor._keras_history
        sources = operation._inbound_nodes[node].input_tensors
        if len(sources) != 1:
            raise ValueError(f"{operation.name} takes {len(sources)} tensors")
        if not isinstance(operation, keras.Layer):
            raise ValueError(f"{operation.name} is an operation")
        if operation in line:
            raise ValueError(f"{operation.name} is used twice")
        line.append(operation)
        tensor = sources[0]
    first = keras.Input(batch_shape=tensor.shape, dtype=tensor.dtype)
    return keras.Sequential([first, *reversed(line)])
