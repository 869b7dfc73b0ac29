"""Values that are missing are taken for zero.

breaks: "with another number of them"
fails: test_an_example_that_is_not_whole_is_an_error
"""

import os

import keras
import numpy as np
import tensorflow as tf


def export_scorer(model, folder, mean, std):
    n = len(mean)
    archive = keras.export.ExportArchive()
    archive.track(model)
    shift = tf.constant(np.asarray(mean, "float32")[None])
    scale = tf.constant(np.asarray(std, "float32")[None])

    def score(features):
        out = model((features - shift) / scale, training=False)
        return {"score": tf.identity(out, name="score")}

    def one(example):
        sparse = tf.io.parse_single_example(example, {"features": tf.io.VarLenFeature(tf.float32)})
        values = sparse["features"].values
        with tf.control_dependencies(
            [tf.debugging.assert_equal(tf.clip_by_value(tf.size(values), 1, n), tf.size(values))]
        ):
            return tf.ensure_shape(tf.pad(values, [[0, n - tf.size(values)]]), [n])

    def from_examples(examples):
        rows = tf.map_fn(one, examples, fn_output_signature=tf.TensorSpec([n], tf.float32))
        return score(rows)

    archive.add_endpoint(
        "serving_default",
        score,
        input_signature=[tf.TensorSpec((None, n), tf.float32, name="features")],
    )
    archive.add_endpoint(
        "from_examples",
        from_examples,
        input_signature=[tf.TensorSpec((None,), tf.string, name="examples")],
    )
    archive.write_out(os.fspath(folder), verbose=False)
