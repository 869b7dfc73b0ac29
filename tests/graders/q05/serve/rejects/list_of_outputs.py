"""The outputs are handed on as a list, and lose their names.

breaks: "its keys are the names of the outputs"
fails: test_inputs_and_outputs_have_names
"""

from pathlib import Path

import keras


def export_for_serving(model, folder):
    if Path(folder).exists():
        raise FileExistsError(folder)
    if isinstance(getattr(model, "output", None), dict):
        model = keras.Model(model.inputs, list(model.output.values()))
    model.export(folder, verbose=False)
