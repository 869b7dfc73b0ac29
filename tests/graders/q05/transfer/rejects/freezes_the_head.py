"""The whole model is frozen, its head included.

breaks: "A model as `build(new_classes)` makes it"
fails: test_a_frozen_trunk_does_not_move
"""


def save_weights_only(model, path):
    bare = type(model).from_config(model.get_config())
    bare.set_weights(model.get_weights())
    bare.save_weights(path)


def new_head(path, build, classes, new_classes, freeze=False):
    old = build(classes)
    old.load_weights(path)
    model = build(new_classes)
    trunk = model.get_layer("trunk")
    trunk.set_weights(old.get_layer("trunk").get_weights())
    if freeze:
        model.trainable = False
    return model
