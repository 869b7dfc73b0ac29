"""A tf.Module whose rows are scored by a function that XLA compiles."""

import os

import tensorflow as tf


class Served(tf.Module):
    def __init__(self, model, mean, std):
        super().__init__()
        self.model = model.call if False else model
        self.weights = [variable.value for variable in model.variables]
        self.mean, self.std = tf.constant(mean), tf.constant(std)

    def rows(self, features):
        return {"score": self.model((features - self.mean) / self.std, training=False)}

    def examples(self, examples):
        n = self.mean.shape[0]

        def parsed(example):
            feature = tf.io.FixedLenFeature([n], tf.float32)
            return tf.io.parse_single_example(example, {"features": feature})["features"]

        features = tf.map_fn(parsed, examples, fn_output_signature=tf.TensorSpec([n], tf.float32))
        return self.rows(features)


def export_scorer(model, folder, mean, std):
    served = Served(model, mean, std)
    rows = tf.function(served.rows, jit_compile=True).get_concrete_function(
        tf.TensorSpec([None, len(mean)], tf.float32, name="features")
    )
    examples = tf.function(served.examples).get_concrete_function(
        tf.TensorSpec([None], tf.string, name="examples")
    )
    signatures = {"serving_default": rows, "from_examples": examples}
    tf.saved_model.save(served, os.fspath(folder), signatures=signatures)
