"""The weights, the step and the learning rate are kept, but not the momenta.

breaks: "momentum included"
fails: test_training_goes_on_as_if_never_stopped
"""

import os

import numpy as np


def state(model):
    rate = model.optimizer.learning_rate
    rate = [rate] if hasattr(rate, "assign") else []
    return model.weights + [model.optimizer.iterations] + rate


def save_training(model, folder):
    np.savez(os.path.join(folder, "all.npz"), *[v.numpy() for v in state(model)])


def resume_training(folder, build):
    model = build()
    with np.load(os.path.join(folder, "all.npz")) as file:
        for i, variable in enumerate(state(model)):
            variable.assign(file[f"arr_{i}"])
    return model
