"""The learning rate is taken for a setting, which the code that compiles the model knows.

breaks: "A learning rate that was lowered during training stays low"
fails: test_the_learning_rate_is_the_last_one
"""

import os

import numpy as np


def state(model):
    model.optimizer.build(model.trainable_variables)
    rest = [v for v in model.optimizer.variables if v.name != "learning_rate"]
    return model.weights + rest


def save_training(model, folder):
    np.savez(os.path.join(folder, "all.npz"), *[v.numpy() for v in state(model)])


def resume_training(folder, build):
    model = build()
    with np.load(os.path.join(folder, "all.npz")) as file:
        for i, variable in enumerate(state(model)):
            variable.assign(file[f"arr_{i}"])
    return model
