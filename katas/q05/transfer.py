"""Pass on what a model has learned: its weights alone, and the trunk of it under a new head.

A model consists of layers of Keras, and is functional or Sequential. No model inside it is
compiled. A path ends in `.weights.h5`.
"""

from collections.abc import Callable
from pathlib import Path

import keras


def save_weights_only(model: keras.Model, path: Path) -> None:
    """Write the weights of `model` to `path`.

    - A model of the same architecture gets all of them back with `load_weights`, trained or not.
    - The file has no other numbers, even if the model is compiled and has been trained.

    Beyond the idea:
        - The model stays compiled, and its optimizer keeps its state.
    """
    raise NotImplementedError


def new_head(
    path: Path,
    build: Callable[[int], keras.Model],
    classes: int,
    new_classes: int,
    freeze: bool = False,
) -> keras.Model:
    """Put a trunk that was trained for `classes` classes under a head for `new_classes`.

    >>> from pathlib import Path
    >>> def build(classes):
    ...     layers = keras.Input([3]), keras.layers.Dense(4, "relu")
    ...     trunk = keras.Sequential(layers, name="trunk")
    ...     return keras.Sequential([trunk, keras.layers.Dense(classes, name="head")])
    >>> save_weights_only(build(2), Path("old.weights.h5"))
    >>> new_head(Path("old.weights.h5"), build, 2, 7).output_shape
    (None, 7)

    `build(classes)` makes a new model, not compiled, of two layers: `trunk`, a model itself, and
    `head`. The file has the weights of such a model.

    Returns:
        A model as `build(new_classes)` makes it, not compiled.

        - Its trunk has all weights of the trunk in the file, trained or not.
        - Its head is new, even if both numbers of classes are the same.
        - With `freeze`, training changes no weight of the trunk.
        - Without, it trains the trunk, too.

    Raises:
        ValueError: the trunk in the file has other shapes or fewer layers.

    Beyond the idea:
        - A layer of the trunk that `build` has frozen stays frozen.
    """
    raise NotImplementedError
