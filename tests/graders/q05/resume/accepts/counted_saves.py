"""Every save is kept, and numbered; a number in a name is compared as a number."""

import keras


def numbers(folder):
    return [int(file.stem) for file in folder.glob("*.keras") if file.stem.isdigit()]


def save_training(model, folder):
    keras.saving.save_model(model, folder / f"{max(numbers(folder), default=0) + 1}.keras")


def resume_training(folder, build):
    return keras.saving.load_model(folder / f"{max(numbers(folder))}.keras")
