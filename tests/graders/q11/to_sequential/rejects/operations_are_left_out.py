"""Only layers are put into the line, and operations are passed by.

breaks: "A step is an operation"
fails: test_an_operation_is_refused
"""

import keras


def to_sequential(model):
    if len(model.inputs) != 1 or len(model.outputs) != 1:
        raise ValueError(f"{len(model.inputs)} inputs, {len(model.outputs)} outputs")
    line, tensor = [], model.outputs[0]
    while tensor is not model.inputs[0]:
        operation, node, _ = tensor._keras_history
        sources = operation._inbound_nodes[node].input_tensors
        if len(sources) != 1:
            raise ValueError(f"{operation.name} takes {len(sources)} tensors")
        if operation in line:
            raise ValueError(f"{operation.name} is used twice")
        if isinstance(operation, keras.Layer):
            line.append(operation)
        tensor = sources[0]
    first = keras.Input(batch_shape=tensor.shape, dtype=tensor.dtype)
    return keras.Sequential([first, *reversed(line)])
