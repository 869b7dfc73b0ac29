"""A .weights.h5 has the optimizer's variables too, and gives them to an optimizer that has some."""

from pathlib import Path


def save_training(model, folder):
    model.save_weights(Path(folder) / "training.weights.h5")


def resume_training(folder, build):
    model = build()
    model.optimizer.build(model.trainable_variables)
    model.load_weights(Path(folder, "training.weights.h5"))
    return model
