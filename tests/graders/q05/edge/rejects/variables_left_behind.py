"""The model goes along as the holder of its variables: the converter does not find them there.

breaks: "which computes what `model.predict` does"
fails: test_int8_from_end_to_end, test_quantized_outputs_are_close, test_the_camera_computes_what_the_model_computes, test_the_input_can_express_all_samples, test_to_int8_changes_nothing_in_the_model
"""

import tensorflow as tf


def of(model):
    shape = (1, *model.input_shape[1:])
    serve = tf.function(lambda x: model(x, training=False))
    concrete = serve.get_concrete_function(tf.TensorSpec(shape, "float32"))
    return tf.lite.TFLiteConverter.from_concrete_functions([concrete], model)


def to_litert(model):
    return of(model).convert()


def to_int8(model, samples):
    converter = of(model)
    converter.optimizations = [tf.lite.Optimize.DEFAULT]
    converter.representative_dataset = lambda: ([row[None]] for row in samples)
    converter.target_spec.supported_ops = [tf.lite.OpsSet.TFLITE_BUILTINS_INT8]
    converter.inference_input_type = converter.inference_output_type = tf.int8
    return converter.convert()
