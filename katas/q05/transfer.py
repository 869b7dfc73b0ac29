"""Pass on what a model has learned: its weights alone, and the trunk of it under a new head."""

from collections.abc import Callable
from os import PathLike

import keras


def save_weights_only(model: keras.Model, path: str | PathLike[str]) -> None:
    """Write the weights of `model` to `path`, and nothing else.

    A model of the same architecture reads the file with `load_weights`, and then has all weights
    that `model` has, those that are not trained included. The file has as many numbers as the
    model has weights: what an optimizer remembers is not in it.

    Args:
        model: functional or Sequential, of Keras's own layers; compiled, or not. It is not
            changed: it stays compiled, with its optimizer's state.
        path: ends in `.weights.h5`; a string or a pathlib.Path.
    """
    raise NotImplementedError


def new_head(
    path: str | PathLike[str],
    build: Callable[[int], keras.Model],
    classes: int,
    new_classes: int,
    freeze: bool = False,
) -> keras.Model:
    """Return a model for `new_classes` classes with a trunk that was trained for `classes`.

    Args:
        path: what `save_weights_only` wrote for a model that `build(classes)` made.
        build: makes a new model, not compiled, for a number of classes. It consists of two layers
            with the names `trunk` (a model itself) and `head`, which start from new random
            weights. The trunk has layers that keep their weights as long as `trainable` is
            False, as most of Keras's layers do, BatchNormalization among them.
        classes: of the model in the file.
        new_classes: of the model to return; it may be the same number.
        freeze: whether the trunk stays as it is when the returned model is compiled and trained.

    Returns:
        A model as `build(new_classes)` makes it, not compiled. Its trunk has all weights of the
        trunk in the file, those that are not trained included. Its head is new: the weights are as
        `build` made them. With `freeze`, training changes no weight of the trunk; without, it
        trains all that was trainable in the model that `build` made. The head is trained in any
        case.

    Raises:
        ValueError: the trunk in the file does not fit: a weight of it has another shape, or it
            has fewer layers. What comes of a file with more layers is left open.
    """
    raise NotImplementedError
