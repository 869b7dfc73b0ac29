"""A SavedModel that is there is taken for an older version, to be replaced.

breaks: "a folder exists at `folder`"
fails: test_what_is_served_is_not_overwritten
"""


def export_for_serving(model, folder):
    if folder.exists() and not (folder / "saved_model.pb").exists():
        raise FileExistsError(folder)
    model.export(folder, verbose=False)
