"""A marker says that an export is under way; a refused one leaves it in the old version.

breaks: "It stays as it is"
fails: test_what_is_served_is_not_overwritten, test_whatever_is_there_is_refused
"""


def export_for_serving(model, folder):
    there = folder.exists()
    if not folder.is_file():
        folder.mkdir(parents=True, exist_ok=True)
        (folder / "EXPORTING").touch()
    if there:
        raise FileExistsError(folder)
    model.export(folder, verbose=False)
    (folder / "EXPORTING").unlink()
