"""The trunk gets its trainable weights, without the statistics of BatchNormalization.

breaks: "all weights of the trunk in the file, trained or not"
fails: test_the_trunk_comes_over
"""

import keras


def save_weights_only(model, path):
    copy = type(model).from_config(model.get_config())
    copy.set_weights(model.get_weights())
    copy.save_weights(path)


def new_head(path, build, classes, new_classes, freeze=False):
    old, model = build(classes), build(new_classes)
    old.load_weights(path)
    source, trunk = old.get_layer("trunk"), model.get_layer("trunk")
    for mine, theirs in zip(trunk.trainable_weights, source.trainable_weights):
        mine.assign(theirs)
    trunk.trainable = not freeze
    return model
