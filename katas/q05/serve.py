"""Hand a model over to a server that has neither its Python code nor Keras."""

from pathlib import Path

import keras


def export_for_serving(model: keras.Model, folder: Path) -> None:
    """Write `model` to `folder` as a SavedModel for TensorFlow Serving.

    >>> from pathlib import Path
    >>> model = keras.Sequential([keras.Input([3], name="frame"), keras.layers.Dense(2)])
    >>> export_for_serving(model, Path("1"))
    >>> serving = tf.saved_model.load("1").signatures["serving_default"]
    >>> [output.shape for output in serving(frame=tf.ones([5, 3])).values()]
    [TensorShape([5, 2])]

    The model is functional or Sequential. It has one `keras.Input`, or a list of them.

    - The signature `serving_default` runs in C++, without Python.
    - It computes what `model.predict` does.
    - A request may have any number of rows.
    - An input has the name of its `keras.Input`.
    - If the model returns a dict, its keys are the names of the outputs.

    Raises:
        FileExistsError: a folder exists at `folder`. It stays as it is.

    Beyond the idea:
        - An input has the dtype of its `keras.Input`, such as uint8.
        - The model may be subclassed, with one float32 input, if it has been called.
        - An empty folder and a file are refused, too.
    """
    raise NotImplementedError
