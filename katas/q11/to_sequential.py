"""When is a functional model a line, which a Sequential can hold?"""

import keras


def to_sequential(model: keras.Model) -> keras.Sequential:
    """The same network as a Sequential, if it is a line of layers.

    A model is a line if it has one input and one output, and every step on the way from the one
    to the other is a layer (a Dropout, for example, or a whole model, whatever is in it) that is
    called once, on one tensor: the input of the model, or the output of the layer before.
    Dense(4)(x) * 2.0 is no such step: the product is an operation, and no layer. How often a layer
    is used in *other* models does not matter.

    Args:
        model: a functional model with at least one step, made as keras.Model(input, output), or
            with a list of tensors in place of either; a list of one is one input, or one output.
            All calls in it are of the form layer(tensor), layer(list of several tensors) or
            attention(tensor, tensor), or operations of Keras; each layer gives one tensor, and no
            layer makes a mask. It is not changed.

    Returns:
        A Sequential that takes the same input (shape and dtype, as model.inputs has them) and gives
        the same output. Its `layers` are the layers of the model themselves, not copies, in order,
        without the InputLayer, so that its weights are those of the model. Saved as .keras and
        loaded, it gives the same outputs again.

    Raises:
        ValueError: the model is no line.
    """
    raise NotImplementedError
