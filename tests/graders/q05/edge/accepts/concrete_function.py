"""A concrete function for batches of one; the samples as slices."""

import tensorflow as tf


def converter_of(model):
    spec = tf.TensorSpec([1, *model.input_shape[1:]], tf.float32)
    concrete = tf.function(lambda x: model(x, training=False)).get_concrete_function(spec)
    return tf.lite.TFLiteConverter.from_concrete_functions([concrete])


def to_litert(model):
    return converter_of(model).convert()


def to_int8(model, samples):
    def representative():
        for start in range(len(samples)):
            yield [samples[start : start + 1]]

    converter = converter_of(model)
    converter.optimizations = {tf.lite.Optimize.DEFAULT}
    converter.representative_dataset = tf.lite.RepresentativeDataset(representative)
    converter.target_spec.supported_ops = [tf.lite.OpsSet.TFLITE_BUILTINS_INT8]
    converter.inference_input_type = tf.int8
    converter.inference_output_type = tf.int8
    return converter.convert()
