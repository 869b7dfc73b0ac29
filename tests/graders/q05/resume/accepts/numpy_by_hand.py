"""All variables, those of the optimizer included, in a file of NumPy."""

import os

import numpy as np


def save_training(model, folder):
    variables = model.variables + model.optimizer.variables
    # A seed generator or a metric may be among them; build makes the same.
    np.savez(os.path.join(folder, "all.npz"), *[v.numpy() for v in variables])


def resume_training(folder, build):
    model = build()
    model.optimizer.build(model.trainable_variables)
    with np.load(os.path.join(folder, "all.npz")) as file:
        for i, variable in enumerate(model.variables + model.optimizer.variables):
            variable.assign(file[f"arr_{i}"])
    return model
