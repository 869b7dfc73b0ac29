"""The live model is compiled again after the save, without its metrics.

breaks: "The model stays as it is: weights, optimizer and compile settings"
fails: test_saving_leaves_the_model_as_it_is
"""

import keras


def save_training(model, folder):
    model.save(folder / "model.keras")
    model.compile(optimizer=model.optimizer, loss=model.loss)


def resume_training(folder, build):
    return keras.models.load_model(folder / "model.keras")
