"""A checkpoint for training, and an .h5 of the whole model beside it: that changes the live model.

breaks: "The model stays as it is: weights, optimizer and compile settings"
fails: test_saving_leaves_the_model_as_it_is
"""

import os

import tensorflow as tf


def save_training(model, folder):
    tf.train.Checkpoint(model=model).write(os.path.join(folder, "training"))
    model.save(os.path.join(folder, "model.h5"))


def resume_training(folder, build):
    model = build()
    model.optimizer.build(model.trainable_variables)
    tf.train.Checkpoint(model=model).read(os.path.join(folder, "training"))
    return model
