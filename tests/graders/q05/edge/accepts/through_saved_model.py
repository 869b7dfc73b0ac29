"""Through a SavedModel; the samples by the name of the input, from tf.data."""

import tempfile

import tensorflow as tf


def converter_of(model):
    with tempfile.TemporaryDirectory() as folder:
        model.export(folder, verbose=False)
        return tf.lite.TFLiteConverter.from_saved_model(folder)


def to_litert(model):
    with tempfile.TemporaryDirectory() as folder:
        model.export(folder, verbose=False)
        return tf.lite.TFLiteConverter.from_saved_model(folder).convert()


def to_int8(model, samples):
    name = model.inputs[0].name
    rows = tf.data.Dataset.from_tensor_slices(samples).batch(1)
    with tempfile.TemporaryDirectory() as folder:
        model.export(folder, verbose=False)
        converter = tf.lite.TFLiteConverter.from_saved_model(folder)
        converter.optimizations = {tf.lite.Optimize.DEFAULT}
        converter.representative_dataset = lambda: ({name: row} for row in rows)
        converter.target_spec.supported_ops = [tf.lite.OpsSet.TFLITE_BUILTINS_INT8]
        converter.inference_input_type = converter.inference_output_type = tf.int8
        return converter.convert()
