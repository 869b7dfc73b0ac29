"""A folder that is given as a string has no `exists`.

fails: test_an_input_keeps_its_dtype
"""


def export_for_serving(model, folder):
    if folder.exists():
        raise FileExistsError(folder)
    model.export(folder, verbose=False)
