"""What gradients do not move is not saved.

breaks: "gets all of them back with `load_weights`, trained or not"
fails: test_all_weights_come_back
"""

import keras


def save_weights_only(model, path):
    copy = type(model).from_config(model.get_config())
    for mine, theirs in zip(copy.trainable_weights, model.trainable_weights):
        mine.assign(theirs)
    copy.save_weights(path)


def new_head(path, build, classes, new_classes, freeze=False):
    old, model = build(classes), build(new_classes)
    old.load_weights(path)
    model.get_layer("trunk").set_weights(old.get_layer("trunk").get_weights())
    model.get_layer("trunk").trainable = not freeze
    return model
