"""A branch is looked for where it is usual, at the input of the model.

breaks: "A layer joins two tensors"
fails: test_a_join_is_refused
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
        if len(sources) > 1 and (
            any(t is model.inputs[0] for t in sources) or len(set(map(id, sources))) == 1
        ):
            raise ValueError("a tensor is used twice")
        line.append(operation)
        tensor = sources[-1]
    first = keras.Input(batch_shape=tensor.shape, dtype=tensor.dtype)
    return keras.Sequential([first, *reversed(line)])
