"""Hand a model over to a server that has neither its Python code nor Keras."""

from pathlib import Path

import keras


def export_for_serving(model: keras.Model, folder: Path) -> None:
    if folder.exists():
        raise FileExistsError(f"{folder} exists; a new version gets a folder of its own")
    model.export(folder, verbose=False)
