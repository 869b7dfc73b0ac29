"""Each operation has one call, on the output of the one before; the input has the usual dtype."""

import keras


def to_sequential(model):
    if len(model.inputs) != 1 or len(model.outputs) != 1:
        raise ValueError("several inputs or outputs")
    before, *steps = model.operations
    for step in steps:
        if not isinstance(step, keras.Layer):
            raise ValueError(f"{step.name} is no layer")
        if len(step._inbound_nodes) != 1 or step.input is not before.output:
            raise ValueError(f"{step.name} is not called once, on the output of {before.name}")
        before = step
    return keras.Sequential([keras.Input(model.input_shape[1:]), *steps])
