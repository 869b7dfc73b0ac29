"""The head gets a name of its own, under which nobody looks for it.

breaks: "A model as `build(new_classes)` makes it"
fails: test_a_frozen_trunk_does_not_move, test_the_head_is_new, test_the_trunk_comes_over, test_the_trunk_is_trained_by_default, test_a_layer_that_is_frozen_stays_frozen
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
    head = new.get_layer("head").get_config() | {"name": "new_head"}
    head = keras.layers.Dense.from_config(head)
    new = keras.Sequential([new.get_layer("trunk"), head])
    new.build(old.input_shape)
    if freeze:
        new.get_layer("trunk").trainable = False
    return new
