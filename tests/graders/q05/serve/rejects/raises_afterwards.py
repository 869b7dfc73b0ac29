"""The folder is written in any case, and the exception comes afterwards.

breaks: "It stays as it is"
fails: test_what_is_served_is_not_overwritten, test_whatever_is_there_is_refused
"""


def export_for_serving(model, folder):
    there = folder.exists()
    model.export(folder, verbose=False)
    if there:
        raise FileExistsError(folder)
