"""Pass on what a model has learned: its weights alone, and the trunk of it under a new head."""

from collections.abc import Callable
from pathlib import Path

import keras


def save_weights_only(model: keras.Model, path: Path) -> None:
    # A copy that was never compiled: save_weights writes the optimizer of one that was.
    copy = type(model).from_config(model.get_config())
    copy.set_weights(model.get_weights())
    copy.save_weights(path)


def new_head(
    path: Path,
    build: Callable[[int], keras.Model],
    classes: int,
    new_classes: int,
    freeze: bool = False,
) -> keras.Model:
    # Loaded into the architecture it was saved from, a file that does not fit is an error.
    old, model = build(classes), build(new_classes)
    old.load_weights(path)
    trunk = model.get_layer("trunk")
    trunk.set_weights(old.get_layer("trunk").get_weights())
    if freeze:
        trunk.trainable = False
    return model
