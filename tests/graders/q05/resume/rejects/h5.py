"""HDF5 is taken for a format that has everything, the optimizer's state included.

breaks: "momentum included"
fails: test_training_goes_on_as_if_never_stopped, test_saving_leaves_the_model_as_it_is
"""

import os

import keras


def save_training(model, folder):
    model.save(os.path.join(folder, "model.h5"))


def resume_training(folder, build):
    return keras.models.load_model(os.path.join(folder, "model.h5"))
