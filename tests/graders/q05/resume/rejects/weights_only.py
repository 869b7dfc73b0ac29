"""The weights are taken for all that a model has learned: a new optimizer goes on with them.

breaks: "Its optimizer has the same iterations"
fails: test_the_optimizer_counts_on, test_the_learning_rate_is_the_last_one, test_training_goes_on_as_if_never_stopped
"""

import os


def save_training(model, folder):
    model.save_weights(os.path.join(folder, "model.weights.h5"))


def resume_training(folder, build):
    model = build()
    model.load_weights(os.path.join(folder, "model.weights.h5"))
    return model
