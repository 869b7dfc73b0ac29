"""Keras goes through the model, and the calls are recorded as it does."""

import keras


def to_sequential(model):
    if len(model.inputs) > 1 or len(model.outputs) > 1:
        raise ValueError("more than one input or output")
    calls = []

    def record(operation, *args, **kwargs):
        tensors = [
            x for x in keras.tree.flatten((args, kwargs)) if isinstance(x, keras.KerasTensor)
        ]
        result = operation(*args, **kwargs)
        calls.append((operation, tensors, result))
        return result

    keras.models.clone_model(model, call_function=record)
    names = [operation.name for operation, _, _ in calls]
    layers = {layer.name: layer for layer in model.layers}
    if len(set(names)) < len(names):
        raise ValueError("a layer is used twice")
    if any(len(tensors) != 1 for _, tensors, _ in calls):
        raise ValueError("a layer takes several tensors")
    if any(name not in layers for name in names):
        raise ValueError("an operation is no layer")
    for (_, _, before), (_, (tensor,), _) in zip(calls, calls[1:]):
        if tensor is not before:
            raise ValueError("the layers stand in no line")
    first = model.inputs[0]
    result = keras.Sequential([keras.Input(batch_shape=first.shape, dtype=first.dtype)])
    for name in names:
        result.add(layers[name])
    return result
