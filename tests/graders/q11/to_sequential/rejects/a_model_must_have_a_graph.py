"""A subclass in the line is refused: Keras does not know its graph.

breaks: "A whole model may be a layer of the line, whatever is in it"
fails: test_a_model_may_be_a_layer
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
        if not isinstance(operation, keras.Layer):
            raise ValueError(f"{operation.name} is an operation")
        if isinstance(operation, keras.Model) and not hasattr(operation, "inputs"):
            raise ValueError(f"{operation.name} is a subclass")
        if operation in line:
            raise ValueError(f"{operation.name} is used twice")
        line.append(operation)
        tensor = sources[0]
    first = keras.Input(batch_shape=tensor.shape, dtype=tensor.dtype)
    return keras.Sequential([first, *reversed(line)])
