"""When is a functional model a line, which a Sequential can hold?"""

import keras


def to_sequential(model: keras.Model) -> keras.Sequential:
    """Turn a functional model into a Sequential, if it is a line of layers.

    >>> x = keras.Input([4])
    >>> line = keras.Model(x, keras.layers.Dense(2)(keras.layers.ReLU()(x)))
    >>> [type(layer).__name__ for layer in to_sequential(line).layers]
    ['ReLU', 'Dense']
    >>> to_sequential(keras.Model(x, keras.layers.Dense(2)(x) * 2.0))
    Traceback (most recent call last):
    ValueError: ...

    In a line each step is a layer that is called once, on the one tensor that the step before gave.
    Every layer here is called with tensors alone, and gives one tensor. No layer makes a mask.

    - The model itself stays unchanged.

    Returns:
        A Sequential of the model's own layers, in order and without the InputLayer.
        It gives the outputs of the model, also after saving as `.keras` and loading.

    Raises:
        ValueError: there are two inputs or two outputs. A layer joins two tensors. A layer is
            called twice. A step is an operation, which is no layer.

    Beyond the idea:
        - The Sequential takes the shape and dtype of the model's input, batch size included.
        - A list of one input is one input, and a list of one output is one output.
        - A layer that takes one tensor twice is refused, too.
        - A whole model may be a layer of the line, whatever is in it.
        - The layers may be used in other models, too.
    """
    raise NotImplementedError
