"""The model that was saved gets a new optimizer, which is told the number of steps.

breaks: "its optimizer keeps its state"
fails: test_the_saved_model_can_be_trained_on
"""

import os
import tempfile
from pathlib import Path

import h5py
import keras
import numpy as np


def save_weights_only(model, path):
    opt = getattr(model, "optimizer", None)
    loss = getattr(model, "loss", None)
    model.optimizer = None
    model.save_weights(path)
    if opt is not None:
        new = type(opt).from_config(opt.get_config())
        new.build(model.trainable_variables)
        new.iterations.assign(opt.iterations)
        model.compile(optimizer=new, loss=loss)


def new_head(path, build, classes, new_classes, freeze=False):
    old = build(classes)
    old.load_weights(path)
    new = build(new_classes)
    new.get_layer("trunk").set_weights(old.get_layer("trunk").get_weights())
    if freeze:
        new.get_layer("trunk").trainable = False
    return new
