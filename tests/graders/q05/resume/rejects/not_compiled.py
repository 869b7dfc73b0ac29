"""The model comes back without its compile settings, as for inference.

breaks: "A compiled model"
fails: test_the_optimizer_counts_on, test_the_learning_rate_is_the_last_one, test_training_goes_on_as_if_never_stopped, test_the_last_save_counts, test_nothing_but_the_folder_is_needed
"""

import keras


def save_training(model, folder):
    model.save(folder / "model.keras")


def resume_training(folder, build):
    return keras.models.load_model(folder / "model.keras", compile=False)
