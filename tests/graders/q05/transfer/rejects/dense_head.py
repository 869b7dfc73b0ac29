"""The head is a Dense layer, whatever build makes.

breaks: "A model as `build(new_classes)` makes it"
fails: test_the_head_is_new
"""

import os
import tempfile
from pathlib import Path

import h5py
import keras
import numpy as np


def save_weights_only(model, path):
    other = type(model).from_config(model.get_config())
    if not other.built:
        other.build(model.input_shape)
    other.set_weights(model.get_weights())
    other.save_weights(path)


def new_head(path, build, classes, new_classes, freeze=False):
    old = build(classes)
    old.load_weights(path)
    new = build(new_classes)
    new.get_layer("trunk").set_weights(old.get_layer("trunk").get_weights())
    new = keras.Sequential([new.get_layer("trunk"), keras.layers.Dense(new_classes, name="head")])
    new.build(old.input_shape)
    if freeze:
        new.get_layer("trunk").trainable = False
    return new
