"""A model around the model, with a layer for mean and variance, and one more signature."""

import keras
import numpy as np
import tensorflow as tf


def export_scorer(model, folder, mean, std):
    features = keras.Input([len(mean)], name="features")
    normalize = keras.layers.Normalization(mean=mean, variance=np.square(std))
    whole = keras.Model(features, {"score": model(normalize(features), training=False)})

    @tf.function(input_signature=[tf.TensorSpec([None], tf.string, name="examples")])
    def from_examples(examples):
        parsed = tf.io.parse_example(
            examples, {"features": tf.io.FixedLenFeature([len(mean)], "float32")}
        )
        return whole(parsed["features"], training=False)

    archive = keras.export.ExportArchive()
    archive.track(whole)
    spec = [tf.TensorSpec([None, len(mean)], "float32", name="features")]
    for name in ("serving_default", "serve"):
        archive.add_endpoint(name, lambda features: whole(features, training=False), spec)
    archive.add_endpoint("from_examples", from_examples)
    archive.write_out(folder, verbose=False)
