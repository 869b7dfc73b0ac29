"""The folder remembers where its file was written, by an absolute path.

breaks: "that may lie under another path"
fails: test_nothing_but_the_folder_is_needed
"""

import os

import keras


def save_training(model, folder):
    file = os.path.abspath(os.path.join(folder, "model.keras"))
    model.save(file)
    with open(os.path.join(folder, "latest.txt"), "w") as latest:
        latest.write(file)


def resume_training(folder, build):
    with open(os.path.join(folder, "latest.txt")) as latest:
        return keras.models.load_model(latest.read())
