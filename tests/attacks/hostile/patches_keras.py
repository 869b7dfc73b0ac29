"""Replaces Keras's variable and the start of each test."""

import keras

keras.Variable = object
keras.utils.set_random_seed = lambda seed: None
keras.utils.clear_session = lambda **named: None
keras.ops.convert_to_numpy = lambda x: 0


def make_counter():
    return lambda x: 0
