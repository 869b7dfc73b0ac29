"""Not to freeze is taken to mean that every layer is trained.

breaks: "A layer of the trunk that `build` has frozen stays frozen"
fails: test_a_layer_that_is_frozen_stays_frozen
"""


def save_weights_only(model, path):
    copy = type(model).from_config(model.get_config())
    copy.set_weights(model.get_weights())
    copy.save_weights(path)


def new_head(path, build, classes, new_classes, freeze=False):
    old, model = build(classes), build(new_classes)
    old.load_weights(path)
    trunk = model.get_layer("trunk")
    trunk.set_weights(old.get_layer("trunk").get_weights())
    for layer in trunk.layers:
        layer.trainable = not freeze
    return model
