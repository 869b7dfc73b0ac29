"""What is converted was exported in training mode.

breaks: "which computes what `model.predict` does"
fails: test_the_camera_computes_what_the_model_computes, test_to_litert_changes_nothing_in_the_model
"""

import tempfile

import keras
import tensorflow as tf


def of(model):
    shape = (1, *model.input_shape[1:])
    archive = keras.export.ExportArchive()
    archive.track(model)
    spec = tf.TensorSpec(shape, "float32")
    archive.add_endpoint("serve", lambda x: model(x, training=True), input_signature=[spec])
    folder = tempfile.mkdtemp()
    archive.write_out(folder)
    return tf.lite.TFLiteConverter.from_saved_model(folder)


def to_litert(model):
    return of(model).convert()


def to_int8(model, samples):
    converter = tf.lite.TFLiteConverter.from_keras_model(model)
    converter.optimizations = [tf.lite.Optimize.DEFAULT]
    converter.representative_dataset = lambda: ([row[None]] for row in samples)
    converter.target_spec.supported_ops = [tf.lite.OpsSet.TFLITE_BUILTINS_INT8]
    converter.inference_input_type = converter.inference_output_type = tf.int8
    return converter.convert()
