"""The file is loaded into the new model, where the old head does not fit.

breaks: "Its trunk has all weights of the trunk in the file"
fails: test_the_trunk_comes_over, test_the_head_is_new, test_a_frozen_trunk_does_not_move, test_the_trunk_is_trained_by_default, test_a_layer_that_is_frozen_stays_frozen
"""

import keras


def save_weights_only(model, path):
    copy = type(model).from_config(model.get_config())
    copy.set_weights(model.get_weights())
    copy.save_weights(path)


def new_head(path, build, classes, new_classes, freeze=False):
    model = build(new_classes)
    model.load_weights(path)
    model.get_layer("trunk").trainable = not freeze
    return model
