"""The layers are put into a Sequential, and whether that is right is tried on a random batch.

breaks: "A layer is called twice", "A step is an operation"
fails: test_a_layer_used_twice_is_refused, test_an_operation_is_refused
"""

import keras
import numpy as np


def to_sequential(model):
    if len(model.inputs) != 1 or len(model.outputs) != 1:
        raise ValueError("a line has one input and one output")
    first = model.inputs[0]
    try:
        line = [keras.Input(batch_shape=first.shape, dtype=first.dtype), *model.layers[1:]]
        sequential = keras.Sequential(line)
        x = np.random.randint(0, 5, [size or 2 for size in first.shape]).astype(first.dtype)
        same = np.allclose(sequential(x), model(x), atol=1e-5)
    except Exception as error:
        raise ValueError("the layers do not fit") from error
    if not same:
        raise ValueError("other outputs")
    return sequential
