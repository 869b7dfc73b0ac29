"""Stop training tonight, and go on tomorrow on another machine as if nothing had happened."""

from collections.abc import Callable
from os import PathLike
from pathlib import Path

import keras

FILE = "training.keras"


def save_training(model: keras.Model, folder: str | PathLike[str]) -> None:
    model.save(Path(folder) / FILE)


def resume_training(folder: str | PathLike[str], build: Callable[[], keras.Model]) -> keras.Model:
    return keras.models.load_model(Path(folder) / FILE)
