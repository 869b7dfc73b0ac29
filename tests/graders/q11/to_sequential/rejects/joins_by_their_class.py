"""The layers that can join tensors are known by their classes; a recurrent layer's state is overlooked.

breaks: "A layer joins two tensors"
fails: test_a_join_is_refused
"""

import keras

JOINS = (
    keras.layers.Add,
    keras.layers.Subtract,
    keras.layers.Multiply,
    keras.layers.Average,
    keras.layers.Concatenate,
    keras.layers.Dot,
    keras.layers.MultiHeadAttention,
)


def to_sequential(model):
    if len(model.inputs) != 1 or len(model.outputs) != 1:
        raise ValueError(f"{len(model.inputs)} inputs, {len(model.outputs)} outputs")
    line, tensor = [], model.outputs[0]
    while tensor is not model.inputs[0]:
        operation, node, _ = tensor._keras_history
        sources = operation._inbound_nodes[node].input_tensors
        if isinstance(operation, JOINS):
            raise ValueError(f"{operation.name} takes {len(sources)} tensors")
        if not isinstance(operation, keras.Layer):
            raise ValueError(f"{operation.name} is an operation")
        if operation in line:
            raise ValueError(f"{operation.name} is used twice")
        line.append(operation)
        tensor = sources[0]
    first = keras.Input(batch_shape=tensor.shape, dtype=tensor.dtype)
    return keras.Sequential([first, *reversed(line)])
