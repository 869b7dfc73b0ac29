"""Stop training tonight, and go on tomorrow on another machine as if nothing had happened."""

from collections.abc import Callable
from pathlib import Path

import keras

FILE = "training.keras"


def save_training(model: keras.Model, folder: Path) -> None:
    model.save(folder / FILE)


def resume_training(folder: Path, build: Callable[[], keras.Model]) -> keras.Model:
    return keras.models.load_model(folder / FILE)
