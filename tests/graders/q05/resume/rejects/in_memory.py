"""The model is kept in the process, which ends when training stops.

breaks: "Nothing is left but the folder"
fails: test_nothing_but_the_folder_is_needed
"""

MODELS = {}


def save_training(model, folder):
    MODELS["last"] = model


def resume_training(folder, build):
    return MODELS["last"]
