"""model.export is trusted to refuse a folder that exists: it overwrites it.

fails: test_what_is_served_is_not_overwritten
"""


def export_for_serving(model, folder):
    model.export(folder, verbose=False)
