"""The newest file is the one with the latest time, which a copy of the folder does not keep.

breaks: "The folder may be a copy, whose files have other modification times"
fails: test_the_times_of_files_do_not_count
"""

import uuid

import keras


def save_training(model, folder):
    model.save(folder / f"{uuid.uuid4()}.keras")


def resume_training(folder, build):
    newest = max(folder.glob("*.keras"), key=lambda file: file.stat().st_mtime_ns)
    return keras.models.load_model(newest)
