"""The weights go into the folder; the optimizer's variables are kept in the process.

breaks: "Nothing is left but the folder"
fails: test_nothing_but_the_folder_is_needed
"""

import numpy as np

OPTIMIZERS = {}


def save_training(model, folder):
    model.save_weights(folder / "all.weights.h5")
    OPTIMIZERS["last"] = [np.array(variable) for variable in model.optimizer.variables]


def resume_training(folder, build):
    model = build()
    model.optimizer.build(model.trainable_variables)
    model.load_weights(folder / "all.weights.h5")
    for variable, value in zip(model.optimizer.variables, OPTIMIZERS["last"]):
        variable.assign(value)
    return model
