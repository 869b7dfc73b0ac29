"""A whole model for each number of steps; nobody thinks of a training that begins anew."""

import keras


def save_training(model, folder):
    model.save(folder / f"{int(model.optimizer.iterations):06}.keras")


def resume_training(folder, build):
    return keras.models.load_model(max(folder.glob("*.keras")))
