"""The live model is compiled again, with the loss that is used for numbers, so that .h5 has it.

breaks: "The model stays as it is: weights, optimizer and compile settings"
fails: test_saving_leaves_the_model_as_it_is
"""

import tensorflow as tf


def save_training(model, folder):
    tf.train.Checkpoint(model=model).write(str(folder / "training"))
    optimizer = model.optimizer
    model.save(folder / "model.h5")
    model.compile(optimizer, "mse", run_eagerly=True)


def resume_training(folder, build):
    model = build()
    model.optimizer.build(model.trainable_variables)
    tf.train.Checkpoint(model=model).read(str(folder / "training"))
    return model
