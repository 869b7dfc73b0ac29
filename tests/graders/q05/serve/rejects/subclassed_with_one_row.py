"""A subclassed model is traced with the shape of its first call.

breaks: "The model may be subclassed"
fails: test_a_subclassed_model_is_served_without_its_class
"""

import os
import shutil
import tempfile
from pathlib import Path

import keras
import numpy as np
import tensorflow as tf
from keras import tree
from tensorflow.python.framework.convert_to_constants import convert_variables_to_constants_v2


def spec_of(model):
    if getattr(model, "inputs", None):
        return [(t.name, tuple(t.shape[1:]), t.dtype) for t in model.inputs]
    shapes = model._build_shapes_dict
    (shape,) = [s for s in shapes.values()]
    return [("x", tuple(shape[1:]), getattr(model, "input_dtype", "float32"))]


def outputs_of(y):
    if isinstance(y, dict):
        return dict(y)
    return {f"output_{i}": t for i, t in enumerate(tree.flatten(y))}


def export_for_serving(model, folder):
    if os.path.lexists(folder):
        raise FileExistsError(str(folder))
    spec = spec_of(model)
    names = [n for n, _, _ in spec]

    def fn(*values):
        values = [tf.ensure_shape(v, [None, *s]) for v, (n, s, d) in zip(values, spec)]

        if getattr(model, "inputs", None) and hasattr(model, "_inputs_struct"):
            x = tree.pack_sequence_as(model._inputs_struct, list(values))
        else:
            x = values[0]
        y = model(x, training=False)
        return outputs_of(y)

    concrete = tf.function(fn).get_concrete_function(
        *[
            tf.TensorSpec(([None, *s] if getattr(model, "inputs", None) else [1, *s]), d)
            for n, s, d in spec
        ]
    )
    keys = sorted(concrete.structured_outputs)
    frozen = convert_variables_to_constants_v2(concrete)
    outs = tf.nest.flatten(concrete.structured_outputs)
    assert len(frozen.outputs) == len(keys)
    with tf.Graph().as_default() as graph:
        tf.graph_util.import_graph_def(frozen.graph.as_graph_def(), name="")
        with tf.compat.v1.Session(graph=graph) as session:
            ins = {n: graph.get_tensor_by_name(t.name) for n, t in zip(names, frozen.inputs)}
            res = {k: graph.get_tensor_by_name(t.name) for k, t in zip(keys, frozen.outputs)}
            builder = tf.compat.v1.saved_model.builder.SavedModelBuilder(str(folder))
            builder.add_meta_graph_and_variables(
                session,
                ["serve"],
                {"serving_default": tf.compat.v1.saved_model.predict_signature_def(ins, res)},
            )
            builder.save()
