"""The new model is made of the loaded trunk itself and the head of another."""

import keras


def save_weights_only(model, path):
    optimizer, model.optimizer = getattr(model, "optimizer", None), None
    try:
        model.save_weights(str(path))
    finally:
        model.optimizer = optimizer


def new_head(path, build, classes, new_classes, freeze=False):
    old = build(classes)
    old.load_weights(str(path))
    trunk = old.get_layer("trunk")
    trunk.trainable = not freeze
    head = build(new_classes).get_layer("head")
    return keras.Sequential([keras.Input(old.input_shape[1:]), trunk, head])
