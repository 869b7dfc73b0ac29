"""One operation at each depth of the graph, and one tensor for each."""

import keras


def to_sequential(model):
    operations = model.operations[1:]
    depths = sorted(model._nodes_by_depth.items(), reverse=True)
    nodes = [node for _, at_depth in depths for node in at_depth if node.input_tensors]
    line = [node.operation for node in nodes]
    is_line = (
        len(model.inputs) == len(model.outputs) == 1
        and len(nodes) == len(operations) == len(depths) - 1
        and all(len(node.input_tensors) == 1 for node in nodes)
        and all(isinstance(operation, keras.layers.Layer) for operation in line)
    )
    if not is_line:
        raise ValueError(f"{model.name} is no line of layers")
    model_input = model.inputs[0]
    model_input = keras.Input(
        shape=model_input.shape[1:], batch_size=model_input.shape[0], dtype=model_input.dtype
    )
    return keras.Sequential([model_input] + line)
