"""The binomial formula, and a square root that never meets a 0."""

import keras
from keras import ops


def distance_model(encoder):
    i = encoder.inputs[0]
    pair = [keras.Input(i.shape[1:], dtype=i.dtype) for _ in range(2)]
    u, v = (encoder(p) for p in pair)
    s = (
        ops.sum(u * u, -1, keepdims=True)
        + ops.sum(v * v, -1, keepdims=True)
        - 2 * ops.sum(u * v, -1, keepdims=True)
    )
    pos = s > 1e-7
    return keras.Model(pair, ops.where(pos, ops.sqrt(ops.where(pos, s, 1.0)), 0.0))
