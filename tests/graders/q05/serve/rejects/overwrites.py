"""model.export is trusted to refuse a folder that exists: it overwrites it.

breaks: "a folder exists at `folder`"
fails: test_what_is_served_is_not_overwritten, test_whatever_is_there_is_refused
"""


def export_for_serving(model, folder):
    model.export(folder, verbose=False)
