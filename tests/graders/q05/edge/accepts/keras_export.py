"""Keras's own export to LiteRT."""

import os
import tempfile

import tensorflow as tf


def to_litert(model):
    return converted(model)


def to_int8(model, samples):
    return converted(
        model,
        optimizations=[tf.lite.Optimize.DEFAULT],
        representative_dataset=lambda: ([samples[i : i + 1]] for i in range(len(samples))),
        inference_input_type=tf.int8,
        inference_output_type=tf.int8,
    )


def converted(model, **settings):
    with tempfile.TemporaryDirectory() as folder:
        file = os.path.join(folder, "model.tflite")
        model.export(file, format="litert", verbose=False, **settings)
        with open(file, "rb") as content:
            return content.read()
