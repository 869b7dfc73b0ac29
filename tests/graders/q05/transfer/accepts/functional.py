"""The parts are put together as a functional model, which has its input among its layers."""

import keras
import numpy as np


def save_weights_only(model, path):
    copy = type(model).from_config(model.get_config())
    for mine, theirs in zip(copy.layers, model.layers, strict=True):
        mine.set_weights([np.array(weight) for weight in theirs.get_weights()])
    copy.save_weights(path)


def new_head(path, build, classes, new_classes, freeze=False):
    old = build(classes)
    old.load_weights(path)
    trunk, head = old.get_layer("trunk"), build(new_classes).get_layer("head")
    if freeze:
        trunk.trainable = False
    inputs = keras.Input(trunk.input_shape[1:])
    return keras.Model(inputs, head(trunk(inputs)))
