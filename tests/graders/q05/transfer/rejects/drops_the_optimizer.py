"""The optimizer is removed from the model, so that it is not in the file.

breaks: "The model stays compiled"
fails: test_the_saved_model_can_be_trained_on
"""

import keras


def save_weights_only(model, path):
    model.optimizer = None
    model.save_weights(path)


def new_head(path, build, classes, new_classes, freeze=False):
    old, model = build(classes), build(new_classes)
    old.load_weights(path)
    model.get_layer("trunk").set_weights(old.get_layer("trunk").get_weights())
    model.get_layer("trunk").trainable = not freeze
    return model
