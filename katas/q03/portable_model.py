"""A model that starts with a function of its own, and that a colleague can load."""

import keras


def build_model() -> keras.Model:
    """Make a model that predicts from the logarithms of three amounts.

    The model takes float32 amounts of shape [n, 3], none of them negative, for any n. It computes
    log(1 + amount) of each, as an op of the graph and accurately for small amounts too, and then
    applies a Dense layer with one unit, a bias and no activation. Its output has shape [n, 1].

    The kernel, of shape [3, 1], and the bias, of shape [1], are all the weights that the model
    has. Both are trained, and `model.weights` lists them in this order. Every call makes a model
    with weights of its own. The model need not be compiled.

    Saved as `.keras`, the model can be loaded by `keras.models.load_model(path)`, without
    `custom_objects` and with Keras's safe mode on, in any process that has imported this file.
    Neither the import nor the call changes a setting of Keras: safe mode stays on for whatever
    else the process loads.
    """
    raise NotImplementedError
