"""A Sequential of the model's layers is saved: a model with two inputs is no row of layers.

breaks: "A model of the same architecture gets all of them back with `load_weights`"
fails: test_all_weights_come_back
"""

import keras


def save_weights_only(model, path):
    keras.Sequential(model.layers).save_weights(path)


def new_head(path, build, classes, new_classes, freeze=False):
    old = build(classes)
    old.load_weights(path)
    model = build(new_classes)
    trunk = model.get_layer("trunk")
    trunk.set_weights(old.get_layer("trunk").get_weights())
    if freeze:
        trunk.trainable = False
    return model
