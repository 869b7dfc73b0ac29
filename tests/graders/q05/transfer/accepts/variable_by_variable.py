"""By hand: an uncompiled twin for the file, and assignments one by one."""

import keras


def save_weights_only(model, path):
    twin = keras.models.clone_model(model)
    twin.optimizer = None  # a clone of a compiled model is compiled
    for mine, theirs in zip(twin.variables, model.variables, strict=True):
        mine.assign(theirs)
    twin.save_weights(path)


def new_head(path, build, classes, new_classes, freeze=False):
    source = build(classes)
    source.load_weights(path)
    target = build(new_classes)
    pairs = zip(target.get_layer("trunk").weights, source.get_layer("trunk").weights, strict=True)
    for mine, theirs in pairs:
        mine.assign(theirs.numpy())
    if freeze:
        for layer in target.get_layer("trunk").layers:
            layer.trainable = False
    return target
