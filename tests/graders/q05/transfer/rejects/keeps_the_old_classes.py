"""The new head begins with the old classes: their weights are kept, as far as they fit.

breaks: "Its head is new"
fails: test_the_head_is_new
"""


def save_weights_only(model, path):
    copy = type(model).from_config(model.get_config())
    copy.set_weights(model.get_weights())
    copy.save_weights(path)


def new_head(path, build, classes, new_classes, freeze=False):
    old, model = build(classes), build(new_classes)
    old.load_weights(path)
    trunk, head = model.get_layer("trunk"), model.get_layer("head")
    trunk.set_weights(old.get_layer("trunk").get_weights())
    if new_classes > classes:
        weights = head.get_weights()
        for new, given in zip(weights, old.get_layer("head").get_weights()):
            new[..., :classes] = given
        head.set_weights(weights)
    if freeze:
        trunk.trainable = False
    return model
