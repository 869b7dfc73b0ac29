"""Compiled anew, with the right optimizer and the loss that is used for numbers.

breaks: "Its optimizer and its loss are of the same kind"
fails: test_training_goes_on_as_if_never_stopped
"""

from pathlib import Path

import keras


def save_training(model, folder):
    model.save(Path(folder) / "training.keras")


def resume_training(folder, build):
    model = keras.models.load_model(Path(folder) / "training.keras")
    model.compile(model.optimizer, "mse", run_eagerly=True)
    return model
