"""An encoder is what its `layers` do, one after the other.

That holds for a Sequential. A functional model has a graph, with operations that are no layers.

breaks: "The encoder may hold operations that are no layers"
fails: test_an_encoder_with_an_operation
"""

import keras
from keras import ops


def distance_model(encoder):
    i = encoder.inputs[0]
    pair = [keras.Input(i.shape[1:], dtype=i.dtype) for _ in range(2)]
    out = []
    for h in pair:
        for layer in encoder.layers:
            if not isinstance(layer, keras.layers.InputLayer):
                h = layer(h)
        out.append(h)
    s = ops.sum((out[0] - out[1]) ** 2, -1, keepdims=True)
    return keras.Model(pair, ops.sqrt(ops.maximum(s, 1e-10)))
