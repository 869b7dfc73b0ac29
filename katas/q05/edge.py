"""Bring a model to a small camera, which has LiteRT and a chip for integers.

Models are functional or Sequential, with one float32 input and one float32 output. The camera
looks at one row at a time.

Beyond the idea:
    - A conversion changes nothing in the model.
"""

import keras
import numpy as np


def to_litert(model: keras.Model) -> bytes:
    """Convert `model` for LiteRT, as it is.

    Returns:
        The content of a .tflite file, which computes what `model.predict` does. All floating-point
        numbers in it stay float32.
    """
    raise NotImplementedError


def to_int8(model: keras.Model, samples: np.ndarray) -> bytes:
    """Convert `model` for a chip that has 8-bit integers and nothing else.

    >>> from ai_edge_litert.interpreter import Interpreter
    >>> model = keras.Sequential([keras.Input([2]), keras.layers.Dense(1)])
    >>> samples = np.random.uniform(0, 255, [100, 2]).astype("float32")
    >>> content = to_int8(model, samples)
    Saved artifact ...
    >>> camera = Interpreter(model_content=content)
    >>> camera.get_input_details()[0]["dtype"]
    <class 'numpy.int8'>

    int8 can compute all layers of the model. `samples` are float32 rows as the model will get them,
    stacked along the first axis.

    Returns:
        The content of a .tflite file, in which input and output are int8 and no tensor is
        floating-point. For rows like the samples, it computes nearly what `model.predict` does.

    Beyond the idea:
        - The range of the input covers 0 and all samples, and little more.
    """
    raise NotImplementedError
