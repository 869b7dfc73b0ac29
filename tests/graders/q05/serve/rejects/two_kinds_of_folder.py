"""A SavedModel and an empty folder are thought of; any other folder is written to.

breaks: "a folder exists at `folder`"
fails: test_whatever_is_there_is_refused
"""


def export_for_serving(model, folder):
    names = [file.name for file in folder.iterdir()] if folder.is_dir() else []
    if folder.exists() and (not names or "saved_model.pb" in names):
        raise FileExistsError(folder)
    model.export(folder, verbose=False)
