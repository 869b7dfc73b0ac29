"""Bring a model to a small camera, which has LiteRT and a chip for integers."""

import keras
import numpy as np


def to_litert(model: keras.Model) -> bytes:
    """Convert `model` for LiteRT, as it is.

    Args:
        model: built from `keras.Input`, functional or Sequential, with one input and one output,
            both float32. It is not changed.

    Returns:
        The content of a .tflite file that computes what `model.predict` does, one row at a time.
        Input, output and weights are float32.
    """
    raise NotImplementedError


def to_int8(model: keras.Model, samples: np.ndarray) -> bytes:
    """Convert `model` for a chip that computes with 8-bit integers and nothing else.

    Args:
        model: as for to_litert, and not changed either. All its layers can be computed with int8.
        samples: rows as the model will get them, float32, (how many, *shape of one row): what the
            ranges of all integers are measured on.

    Returns:
        The content of a .tflite file that computes nearly what `model.predict` does, one row at a
        time. Input and output are int8, and no tensor is floating-point: weights, biases and all
        that is computed in between are integers. The input can express what lies between the
        smallest and the largest number in all of the samples (and 0), and little more.
    """
    raise NotImplementedError
