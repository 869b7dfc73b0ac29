"""A clone is taken to be uncompiled: clone_model compiles it, if the model is compiled.

breaks: "The file has no other numbers"
fails: test_the_file_has_weights_only
"""

import keras


def save_weights_only(model, path):
    copy = keras.models.clone_model(model)
    copy.set_weights(model.get_weights())
    copy.save_weights(path)


def new_head(path, build, classes, new_classes, freeze=False):
    old, model = build(classes), build(new_classes)
    old.load_weights(path)
    model.get_layer("trunk").set_weights(old.get_layer("trunk").get_weights())
    model.get_layer("trunk").trainable = not freeze
    return model
