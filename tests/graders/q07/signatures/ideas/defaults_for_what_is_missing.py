"""Two endpoints of an archive, of a functional model; a feature that is missing is 0."""

import keras
import tensorflow as tf


def export_scorer(model, folder, mean, std):
    n = model.inputs[0].shape[1]

    def rows(features):
        return {"score": model((features - mean) / std)}

    def parsed(examples):
        spec = {"features": tf.io.FixedLenFeature([n], tf.float32, [0.0] * n)}
        return rows(tf.io.parse_example(examples, spec)["features"])

    archive = keras.export.ExportArchive()
    archive.track(model)
    row, example = tf.TensorSpec([None, n], name="features"), tf.TensorSpec([None], tf.string)
    archive.add_endpoint("serving_default", rows, [row])
    archive.add_endpoint("from_examples", parsed, [example])
    archive.write_out(folder, verbose=False)
