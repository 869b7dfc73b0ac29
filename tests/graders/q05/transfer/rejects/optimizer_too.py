"""save_weights is taken to save weights only: it saves the optimizer of a compiled model.

breaks: "The file has no other numbers"
fails: test_the_file_has_weights_only
"""

import keras


def save_weights_only(model, path):
    model.save_weights(path)


def new_head(path, build, classes, new_classes, freeze=False):
    old, model = build(classes), build(new_classes)
    old.load_weights(path)
    model.get_layer("trunk").set_weights(old.get_layer("trunk").get_weights())
    model.get_layer("trunk").trainable = not freeze
    return model
