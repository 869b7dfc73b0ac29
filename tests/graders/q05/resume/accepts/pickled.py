"""Keras models can be pickled, with their optimizer."""

import pathlib
import pickle


def save_training(model, folder):
    (pathlib.Path(folder) / "model.pickle").write_bytes(pickle.dumps(model))


def resume_training(folder, build):
    return pickle.loads((pathlib.Path(folder) / "model.pickle").read_bytes())
