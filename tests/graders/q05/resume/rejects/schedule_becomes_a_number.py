"""Of a schedule, the rate of the moment is kept.

breaks: "a schedule goes on from there"
fails: test_the_optimizer_counts_on
"""

from pathlib import Path

import keras
import numpy as np


def save_training(model, folder):
    model.save(Path(folder) / "night.keras")
    np.save(Path(folder) / "lr.npy", float(model.optimizer.learning_rate))


def resume_training(folder, build):
    m = keras.saving.load_model(Path(folder) / "night.keras")
    cfg = m.optimizer.get_config() | {"learning_rate": float(np.load(Path(folder) / "lr.npy"))}
    new = type(m.optimizer).from_config(cfg)
    new.build(m.trainable_variables)
    old = [v for v in m.optimizer.variables if v.name != "learning_rate"]
    for v, x in zip([v for v in new.variables if v.name != "learning_rate"], old):
        v.assign(x)
    c = m.get_compile_config()
    loss = (
        keras.losses.get(c["loss"])
        if not isinstance(c["loss"], dict)
        else keras.saving.deserialize_keras_object(c["loss"])
    )
    m.compile(new, loss)
    return m
