"""An ExportArchive with an endpoint of its own name; the first endpoint is the default."""

import os

import keras
import tensorflow as tf


def export_for_serving(model, folder):
    os.makedirs(folder)  # FileExistsError, if it exists
    archive = keras.export.ExportArchive()
    archive.track(model)
    if isinstance(model, (keras.Sequential, keras.src.models.functional.Functional)):
        specs = [tf.TensorSpec(i.shape, i.dtype, name=i.name) for i in model.inputs]

        def serve(*inputs):
            return model(inputs[0] if len(inputs) == 1 else list(inputs), training=False)

        archive.add_endpoint("answer", serve, specs)
        archive.write_out(folder, verbose=False)
    else:
        os.rmdir(folder)
        model.export(str(folder), format="tf_saved_model", verbose=False)
