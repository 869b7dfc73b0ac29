"""A SavedModel is taken for a model: what is exported has no architecture and no optimizer.

breaks: "A compiled model"
fails: test_all_weights_are_back, test_the_optimizer_counts_on, test_the_learning_rate_is_the_last_one, test_training_goes_on_as_if_never_stopped, test_the_last_save_counts, test_nothing_but_the_folder_is_needed, test_a_training_begun_anew_counts, test_the_times_of_files_do_not_count
"""

import os

import keras


def save_training(model, folder):
    model.export(os.path.join(folder, "saved_model"), verbose=False)


def resume_training(folder, build):
    return keras.models.load_model(os.path.join(folder, "saved_model"))
