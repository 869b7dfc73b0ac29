"""tf.train.Checkpoint, with an optimizer that is built before it is restored."""

import os

import tensorflow as tf


def checkpoint(model):
    model.optimizer.build(model.trainable_variables)
    return tf.train.Checkpoint(model=model, optimizer=model.optimizer)


def save_training(model, folder):
    checkpoint(model).write(os.path.join(folder, "training"))


def resume_training(folder, build):
    model = build()
    checkpoint(model).read(os.path.join(folder, "training")).assert_consumed()
    return model
