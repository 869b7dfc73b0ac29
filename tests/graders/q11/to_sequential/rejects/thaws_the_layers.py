"""Makes all layers trainable, for the new model and for the old one.

breaks: "The model itself stays unchanged"
fails: test_the_model_stays_unchanged
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
        layers.append(step)
        tensor = node.input_tensors[0]
    layers.reverse()
    for layer in layers:
        layer.trainable = True
    first = keras.Input(batch_shape=start.shape, dtype=start.dtype)
    return keras.Sequential([first, *layers])
