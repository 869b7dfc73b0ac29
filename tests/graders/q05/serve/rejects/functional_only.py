"""The signature is made from the model's keras.Inputs, and a subclassed model has none.

breaks: "The model may be subclassed"
fails: test_a_subclassed_model_is_served_without_its_class
"""

from pathlib import Path

import keras
import tensorflow as tf


def export_for_serving(model, folder):
    if Path(folder).exists():
        raise FileExistsError(folder)
    specs = [tf.TensorSpec(i.shape, i.dtype, name=i.name) for i in model.inputs]
    model.export(folder, verbose=False, input_signature=[specs] if len(specs) > 1 else specs)
