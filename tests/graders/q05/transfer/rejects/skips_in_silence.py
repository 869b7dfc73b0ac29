"""The head is new, but a trunk of another size is skipped without an error.

breaks: "the trunk in the file has other shapes or fewer layers"
fails: test_a_file_that_does_not_fit_is_refused
"""

import keras


def save_weights_only(model, path):
    copy = type(model).from_config(model.get_config())
    copy.set_weights(model.get_weights())
    copy.save_weights(path)


def new_head(path, build, classes, new_classes, freeze=False):
    old, model = build(classes), build(new_classes)
    old.load_weights(path, skip_mismatch=True)
    model.get_layer("trunk").set_weights(old.get_layer("trunk").get_weights())
    model.get_layer("trunk").trainable = not freeze
    return model
