"""Takes the layers out of a Sequential that stands in the line.

breaks: "A whole model may be a layer of the line, whatever is in it"
fails: test_a_model_may_be_a_layer
"""

import keras


def to_sequential(model):
    if len(model.inputs) != 1 or len(model.outputs) != 1:
        raise ValueError("a line has one input and one output")
    start = model.inputs[0]
    layers = []
    tensor = model.outputs[0]
    while tensor is not start:
        history = tensor._keras_history
        step = history.operation
        node = step._inbound_nodes[history.node_index]
        if not isinstance(step, keras.Layer):
            raise ValueError(f"{step.name} is an operation")
        if len(node.input_tensors) != 1:
            raise ValueError(f"{step.name} joins several tensors")
        if any(step is other for other in layers):
            raise ValueError(f"{step.name} is called twice")
        layers.extend(reversed(step.layers) if isinstance(step, keras.Sequential) else [step])
        tensor = node.input_tensors[0]
    layers.reverse()
    first = keras.Input(batch_shape=start.shape, dtype=start.dtype)
    return keras.Sequential([first, *layers])
