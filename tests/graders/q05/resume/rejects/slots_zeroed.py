"""The slots are set to zero on the way.

breaks: "The model stays as it is"
fails: test_saving_leaves_the_model_as_it_is
"""

from pathlib import Path

import keras


def save_training(model, folder):
    model.save(Path(folder) / "night.keras")
    o = model.optimizer
    n = int(o.iterations)
    for v in o.variables[2:]:
        v.assign(v * 0)


def resume_training(folder, build):
    return keras.saving.load_model(Path(folder) / "night.keras")
