"""With as many classes as before, the file fits, and all of it is loaded.

breaks: "Its head is new, even if both numbers of classes are the same"
fails: test_the_head_is_new
"""

import keras


def save_weights_only(model, path):
    copy = type(model).from_config(model.get_config())
    copy.set_weights(model.get_weights())
    copy.save_weights(path)


def new_head(path, build, classes, new_classes, freeze=False):
    old, model = build(classes), build(new_classes)
    old.load_weights(path)
    if classes == new_classes:
        model.load_weights(path)
    else:
        model.get_layer("trunk").set_weights(old.get_layer("trunk").get_weights())
    model.get_layer("trunk").trainable = not freeze
    return model
