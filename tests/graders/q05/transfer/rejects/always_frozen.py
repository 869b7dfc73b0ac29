"""Transfer learning is taken to mean a frozen trunk.

breaks: "Without, it trains the trunk, too"
fails: test_the_trunk_is_trained_by_default
"""

import keras


def save_weights_only(model, path):
    copy = type(model).from_config(model.get_config())
    copy.set_weights(model.get_weights())
    copy.save_weights(path)


def new_head(path, build, classes, new_classes, freeze=False):
    old, model = build(classes), build(new_classes)
    old.load_weights(path)
    trunk = model.get_layer("trunk")
    trunk.set_weights(old.get_layer("trunk").get_weights())
    trunk.trainable = False
    return model
