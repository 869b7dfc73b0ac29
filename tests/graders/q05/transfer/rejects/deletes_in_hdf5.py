"""What the optimizer has written is deleted from the file: HDF5 only forgets where it is.

breaks: "The file has no other numbers"
fails: test_the_file_has_weights_only
"""

import h5py


def save_weights_only(model, path):
    model.save_weights(path)
    with h5py.File(path, "a") as file:
        if "optimizer" in file:
            del file["optimizer"]


def new_head(path, build, classes, new_classes, freeze=False):
    old = build(classes)
    old.load_weights(path)
    model = build(new_classes)
    trunk = model.get_layer("trunk")
    trunk.set_weights(old.get_layer("trunk").get_weights())
    if freeze:
        trunk.trainable = False
    return model
