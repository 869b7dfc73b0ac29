"""Each variable under its path, which is the same in a new process that builds the same model."""

import numpy as np


def state(model):
    model.optimizer.build(model.trainable_variables)
    return {variable.path: variable for variable in model.variables + model.optimizer.variables}


def save_training(model, folder):
    np.savez(folder / "state.npz", **{path: v.numpy() for path, v in state(model).items()})


def resume_training(folder, build):
    model = build()
    with np.load(folder / "state.npz") as file:
        for path, variable in state(model).items():
            variable.assign(file[path])
    return model
