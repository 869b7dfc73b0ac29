"""Sets trainable either way; True again, on a trunk that has it, thaws no layer in it."""


def save_weights_only(model, path):
    copy = type(model).from_config(model.get_config())
    copy.set_weights(model.get_weights())
    copy.save_weights(path)


def new_head(path, build, classes, new_classes, freeze=False):
    old, model = build(classes), build(new_classes)
    old.load_weights(path)
    trunk = model.get_layer("trunk")
    trunk.set_weights(old.get_layer("trunk").get_weights())
    trunk.trainable = not freeze
    return model
