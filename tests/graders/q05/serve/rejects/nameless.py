"""Inputs without names: args_0, args_1.

breaks: "An input has the name of its `keras.Input`"
fails: test_inputs_and_outputs_have_names
"""

from pathlib import Path

import keras
import tensorflow as tf


def export_for_serving(model, folder):
    if Path(folder).exists():
        raise FileExistsError(folder)
    archive = keras.export.ExportArchive()
    archive.track(model)
    if not getattr(model, "inputs", None):
        model.export(folder, verbose=False)
        return
    specs = [tf.TensorSpec(i.shape, i.dtype) for i in model.inputs]

    def serve(*inputs):
        return model(inputs[0] if len(inputs) == 1 else list(inputs), training=False)

    archive.add_endpoint("serve", serve, specs)
    archive.write_out(folder, verbose=False)
