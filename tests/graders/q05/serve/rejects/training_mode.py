"""The graph is traced in training mode.

breaks: "It computes what `model.predict` does"
fails: test_a_server_never_trains
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
    specs = [tf.TensorSpec(i.shape, i.dtype, name=i.name) for i in model.inputs]

    def serve(*inputs):
        return model(inputs[0] if len(inputs) == 1 else list(inputs), training=True)

    archive.add_endpoint("serve", serve, specs)
    archive.write_out(folder, verbose=False)
