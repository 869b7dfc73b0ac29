"""Hand a model over to a server that has neither its Python code nor Keras."""

from os import PathLike

import keras


def export_for_serving(model: keras.Model, folder: str | PathLike[str]) -> None:
    """Write `model` to `folder` as a SavedModel for TensorFlow Serving.

    What is written runs in C++ alone: the graph, the weights, and a signature with the name
    `serving_default`, which computes what `model.predict` does, for any number of rows. It has

    - an input for each input of the model, with its dtype and, but for the number of rows, its
      shape. If the model is functional or Sequential, its `keras.Input`s have names, and so have
      the inputs of the signature. A subclassed model has one input; its name is free;
    - an output for each output of the model. If the model returns a dict, its keys are the names;
      otherwise the names are free.

    Args:
        model: built from `keras.Input`s, or subclassed and called at least once, with float32.
            Inputs have a rank of 2 or more, and names of letters, digits and underscores; what
            they hold is floating-point numbers or integers.
        folder: where to write, a string or a pathlib.Path. The folder above it exists.

    Raises:
        FileExistsError: there is something at `folder` already. It stays as it is: a server may
            be running it.
    """
    raise NotImplementedError
