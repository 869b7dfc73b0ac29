"""TensorFlow runs what the quick check asks about, and your predictions are compared."""

import contextlib
import functools
import io
import os

import keras
import numpy as np
import tensorflow as tf

from dojo import expect
from katas.q05 import quick_check as answers
from lab.litert import Camera
from lab.saved_model import Server


def build(eagerly=True):
    model = keras.Sequential(
        [
            keras.Input([3], name="frame"),
            keras.layers.Dense(4, activation="relu"),
            keras.layers.Dense(1, name="intruder"),
        ]
    )
    # Eager steps need no trace, which takes its time; most questions are not about that.
    loss = keras.losses.MeanSquaredError()
    model.compile(keras.optimizers.Adam(), loss, run_eagerly=eagerly)
    return model


@functools.cache
def trained():
    """The model after five steps, for both tests that ask about it."""
    model = build()
    for _ in range(5):
        model.train_on_batch(np.ones([2, 3]), np.ones([2, 1]))
    return model


@functools.cache
def exported_in(parent):
    """The folder of the exported model, for both tests that ask about it."""
    folder = parent / "exported"
    build().export(folder, verbose=False)
    return folder


def test_saving_to_a_folder(tmp_path):
    """1. A model is saved to a path without an ending.

    Keras 3 decides by the ending of the name what it writes.
    """
    path = tmp_path / "model"
    try:
        build().save(path)
        truth = "SavedModel" if os.path.isdir(path) else "keras file"
    except ValueError:
        truth = "error"
    expect.prediction(
        answers.SAVE_WITHOUT_ENDING,
        truth,
        called="SAVE_WITHOUT_ENDING",
        among=("SavedModel", "keras file", "error"),
    )


def test_an_optimizer_in_hdf5(tmp_path):
    """2. The optimizer of a model, before and after a round trip through .h5.

    A variable has to be there before a file can fill it. Ask when an optimizer makes its own.
    """
    model = trained()
    model.save(tmp_path / "model.h5")
    loaded = keras.models.load_model(tmp_path / "model.h5")
    truth = [len(model.optimizer.variables), len(loaded.optimizer.variables)]
    expect.prediction(answers.OPTIMIZER_VARIABLES, truth, called="OPTIMIZER_VARIABLES")


def test_weights_into_a_compiled_model(tmp_path):
    """3. A weights file of a trained model, loaded into a new one.

    The file may have more than the new model has a place for, or less.
    """
    trained().save_weights(tmp_path / "model.weights.h5")
    again = build()
    again.load_weights(tmp_path / "model.weights.h5")
    expect.prediction(answers.ITERATIONS, int(again.optimizer.iterations), called="ITERATIONS")


def test_loading_what_was_exported(tmp_path):
    """4. What Keras makes of an exported model.

    A SavedModel has a graph and weights. Ask what Keras needs to make a model.
    """
    try:
        loaded = keras.models.load_model(exported_in(tmp_path.parent))
        truth = "model" if isinstance(loaded, keras.Model) else "layer"
    except ValueError:
        truth = "error"
    expect.prediction(
        answers.LOAD_EXPORTED, truth, called="LOAD_EXPORTED", among=("model", "layer", "error")
    )


def test_names_in_a_signature(tmp_path):
    """5. The names that a client of the exported model has to use.

    They are what Keras could know of the inputs and of the outputs when it traced the model.
    """
    server = Server(exported_in(tmp_path.parent))
    expect.prediction(
        answers.SIGNATURE,
        server.inputs + server.outputs,
        called="SIGNATURE",
        among=("frame", "args_0", "input_0", "intruder", "dense_1", "output_0"),
    )


def test_a_layer_is_frozen_after_some_steps():
    """6. A layer of a trained model is frozen, and training goes on.

    A compiled step is a graph. Ask when Python decides which weights it trains.
    """
    model = build(eagerly=False)
    x, y = np.ones([2, 3]), np.ones([2, 1])
    first = model.layers[0]
    first.set_weights([np.ones([3, 4]), np.zeros(4)])  # no unit is dead
    model.train_on_batch(x, y)
    first.trainable = False
    before = first.get_weights()
    model.train_on_batch(x, y)
    pairs = zip(before, first.get_weights(), strict=True)
    truth = not all(np.array_equal(old, new) for old, new in pairs)
    expect.prediction(answers.FROZEN_LAYER_MOVES, truth, called="FROZEN_LAYER_MOVES")


def test_a_callback_in_a_new_process(tmp_path):
    """7. The best model so far, after training was stopped and resumed.

    A callback remembers the best loss in an attribute. Ask which file has that.
    """
    path = tmp_path / "best.keras"
    path.write_bytes(b"of yesterday")
    callback = keras.callbacks.ModelCheckpoint(path, monitor="loss", save_best_only=True)
    callback.set_model(build())
    callback.on_epoch_begin(0)
    callback.on_epoch_end(0, {"loss": 0.5})
    truth = path.read_bytes() != b"of yesterday"
    expect.prediction(answers.BEST_IS_OVERWRITTEN, truth, called="BEST_IS_OVERWRITTEN")


def test_a_number_beyond_the_samples():
    """8. A number that is far outside of what the samples showed.

    An int8 has a smallest and a largest value, and the scale says which number that is.
    """
    model = keras.Sequential([keras.Input([1]), keras.layers.Dense(1, kernel_initializer="ones")])
    converter = tf.lite.TFLiteConverter.from_keras_model(model)
    converter.optimizations = [tf.lite.Optimize.DEFAULT]
    converter.representative_dataset = lambda: ([np.float32([[x]])] for x in (0.0, 0.5, 1.0))
    converter.target_spec.supported_ops = [tf.lite.OpsSet.TFLITE_BUILTINS_INT8]
    converter.inference_input_type = converter.inference_output_type = tf.int8
    with contextlib.redirect_stdout(io.StringIO()):  # the converter reports its steps
        file = converter.convert()
    seen = Camera(file)(np.float32([[200.0]]))
    truth = round(float(seen[0, 0]), 1)
    expect.prediction(answers.BEYOND_THE_SAMPLES, truth, called="BEYOND_THE_SAMPLES")
