"""model.save with the path of a folder, as in TensorFlow 2.15 and before.

breaks: "A compiled model, with all weights of the saved one"
fails: all
"""

import os

import keras


def save_training(model, folder):
    model.save(os.path.join(folder, "model"))


def resume_training(folder, build):
    return keras.models.load_model(os.path.join(folder, "model"))
