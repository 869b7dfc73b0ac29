"""A manager keeps two checkpoints; the slot variables are restored when the optimizer makes them."""

import os

import tensorflow as tf


def save_training(model, folder):
    manager = tf.train.CheckpointManager(tf.train.Checkpoint(model=model), folder, max_to_keep=2)
    manager.save()


def resume_training(folder, build):
    model = build()
    tf.train.Checkpoint(model=model).restore(tf.train.latest_checkpoint(os.fspath(folder)))
    return model
