"""A copy of the model is saved, which has the architecture and new weights.

breaks: "A model of the same architecture gets all of them back with `load_weights`"
fails: test_all_weights_come_back
"""


def save_weights_only(model, path):
    bare = type(model).from_config(model.get_config())
    bare.save_weights(path)


def new_head(path, build, classes, new_classes, freeze=False):
    old = build(classes)
    old.load_weights(path)
    model = build(new_classes)
    trunk = model.get_layer("trunk")
    trunk.set_weights(old.get_layer("trunk").get_weights())
    if freeze:
        trunk.trainable = False
    return model
