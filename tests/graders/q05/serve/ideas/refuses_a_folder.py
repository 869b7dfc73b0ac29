"""Keras's own export; nobody thinks of a file at that path."""


def export_for_serving(model, folder):
    if folder.is_dir():
        raise FileExistsError(folder)
    model.export(folder, verbose=False)
