"""A whole model under the name of a weights file.

breaks: "gets all of them back with `load_weights`"
fails: test_all_weights_come_back, test_the_file_has_weights_only
"""

import keras


def save_weights_only(model, path):
    model.save(path)


def new_head(path, build, classes, new_classes, freeze=False):
    old, model = build(classes), build(new_classes)
    old.load_weights(path)
    model.get_layer("trunk").set_weights(old.get_layer("trunk").get_weights())
    model.get_layer("trunk").trainable = not freeze
    return model
