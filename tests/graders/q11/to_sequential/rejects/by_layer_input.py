"""`layer.input` and `layer.output` tell what a layer is connected to: if it was called once only.

breaks: "The layers may be used in other models, too"
fails: test_a_model_may_be_a_layer, test_other_models_do_not_matter
"""

import keras


def to_sequential(model):
    if len(model.inputs) != 1 or len(model.outputs) != 1:
        raise ValueError("a line has one input and one output")
    if len(model.operations) != len(model.layers):
        raise ValueError("there are operations")
    tensor = model.inputs[0]
    for layer in model.layers[1:]:
        try:
            one = layer.input is tensor
            tensor = layer.output
        except AttributeError as error:
            raise ValueError(f"{layer.name} has several inputs") from error
        if not one:
            raise ValueError(f"{layer.name} is not in line")
    if tensor is not model.outputs[0]:
        raise ValueError("the output is on the way")
    first = model.inputs[0]
    first = keras.Input(batch_shape=first.shape, dtype=first.dtype)
    return keras.Sequential([first, *model.layers[1:]])
