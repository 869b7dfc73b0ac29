"""A function inside a model: computed by the graph, and found again when the model is loaded."""

import random
from contextlib import contextmanager

import keras
import numpy as np
import pytest
import tensorflow as tf

from dojo import expect
from katas.q03.portable_model import build_model
from lab.loading import loaded, registered

AT_IMPORT = registered()


def refuses_a_lambda():
    """Whether Keras is in safe mode."""
    layer = keras.saving.serialize_keras_object(keras.layers.Lambda(lambda x: x))
    try:
        keras.saving.deserialize_keras_object(layer)
    except ValueError:
        return True
    return False


REFUSED_AT_IMPORT = refuses_a_lambda()
AMOUNTS = np.array([[0.0, 1.0, 3.0], [10.0, 100.0, 0.5]], "float32")
KERNEL, BIAS = np.array([[1.0], [-2.0], [0.5]], "float32"), np.array([0.25], "float32")
SYMBOLIC = {
    "idea": "The input of a functional model is symbolic: it has a shape and no numbers. NumPy "
    "needs numbers.",
    "when": "KerasTensor",
}


def made(kernel=KERNEL):
    """A model with known weights."""
    with expect.works("build_model()", **SYMBOLIC):
        model = build_model()
    for weights, name in (model.weights, "weights"), (model.trainable_weights, "trainable_weights"):
        shapes = [tuple(weight.shape) for weight in weights]
        called = f"the shapes of build_model().{name}"
        expect.same(shapes, [(3, 1), (1,)], called=called, idea="")
    model.set_weights([kernel, BIAS])
    return model


# The settings of Keras that a model might be made to change: as Keras starts, and of somebody.
SETTINGS = [
    {
        "floatx": "float32",
        "dtype_policy": "float32",
        "epsilon": 1e-7,
        "image_data_format": "channels_last",
        "is_traceback_filtering_enabled": True,
        "is_interactive_logging_enabled": True,
    },
    {
        "floatx": "float64",
        "dtype_policy": "mixed_bfloat16",
        "epsilon": 1e-4,
        "image_data_format": "channels_first",
        "is_traceback_filtering_enabled": False,
        "is_interactive_logging_enabled": False,
    },
]


def settings():
    seen = {name: getattr(keras.config, name)() for name in SETTINGS[0]}
    return {**seen, "dtype_policy": seen["dtype_policy"].name}


def set_all(values):
    for name in "floatx", "dtype_policy", "epsilon", "image_data_format":
        getattr(keras.config, f"set_{name}")(values[name])
    for name in "traceback_filtering", "interactive_logging":
        verb = "enable" if values[f"is_{name}_enabled"] else "disable"
        getattr(keras.config, f"{verb}_{name}")()


@contextmanager
def settings_of_somebody(values):
    """Within, Keras has these settings."""
    before = settings()
    set_all(values)
    try:
        yield
    finally:
        set_all(before)


def right(amounts, kernel=KERNEL):
    return (np.log1p(amounts.astype("float64")) @ kernel + BIAS).astype("float32")


def test_logarithms_come_first():
    """The model applies its Dense layer to log(1 + amount).

    An amount of nothing is 0 after the logarithm, too, and a large one is no outlier. Each is taken
    by itself, and nothing comes after the Dense layer.
    """
    model = made()
    large = np.array([[5e3, 2e4, 1e9]], "float32")
    for amounts in (AMOUNTS, large, np.repeat(AMOUNTS, 3, axis=0)):
        called = f"the model, with known weights, on {amounts[:2].tolist()}"
        with expect.works(called):
            output = model(tf.constant(amounts))
        expect.tensor(output, right(amounts), called=called)


def test_every_model_has_its_own_weights():
    """Each call of build_model makes new weights.

    A layer is an object. Where the same object is used, the same weights are.
    """
    first = made()
    before = first.get_weights()
    made(kernel=7.0 * KERNEL)
    called = "the kernel of a model, after a second one was built and got another"
    expect.value(first.weights[0], before[0], called=called)


def test_the_graph_computes_it():
    """The logarithm is an op of the graph, through which gradients flow.

    A call back into Python leaves nothing in the graph but a reference to this process. That
    cannot be served, differentiated or run on another device.
    """
    model = made()
    compiled = tf.function(lambda x: model(x))
    with expect.works("the model in a tf.function"):
        concrete = compiled.get_concrete_function(tf.TensorSpec([None, 3], tf.float32))
    python = ("PyFunc", "EagerPyFunc", "PyFuncStateless")
    expect.ops(concrete, none_of=python, called="the graph of the model")
    x = tf.constant(AMOUNTS)
    with tf.GradientTape() as tape:
        tape.watch(x)
        y = model(x)
    gradient = tape.gradient(y, x)
    expect.that(
        gradient is not None and bool(np.any(np.asarray(gradient))),
        called="the gradient of the output with respect to the amounts",
        expected="numbers other than 0",
        seen="None" if gradient is None else "zeros",
        idea="An op is differentiated unless it is told not to be.",
    )


def test_loads_in_safe_mode(tmp_path):
    """load_model(path) gives the model back, whatever stands in it.

    A file can hold the name of a function that Keras knows where it is loaded. Or it can hold the
    function's bytecode, and then loading it means to run what somebody wrote.
    """
    model = made()
    with expect.works("model.save('m.keras')"):
        model.save(tmp_path / "m.keras")
    before = np.asarray(model(AMOUNTS))
    called = "predictions of the loaded model, compared with those of the saved one"
    again = loaded(tmp_path / "m.keras", AT_IMPORT)
    with expect.works(called):
        seen = again.predict_on_batch(AMOUNTS)
    expect.value(seen, before, called=called)


def test_safe_mode_stays_on(tmp_path):
    """A model from a stranger is still refused.

    Safe mode is a setting of the whole process. If it is off for one model, it is off for every
    file that is loaded later.
    """
    expect.that(
        REFUSED_AT_IMPORT,
        called="another layer with a Python lambda, deserialized after your file was imported",
        expected="ValueError",
        seen="no exception",
    )
    made()
    stranger = keras.Sequential([keras.Input([3]), keras.layers.Lambda(lambda x: x)])
    stranger.save(tmp_path / "stranger.keras")
    expect.raises(
        lambda: keras.models.load_model(tmp_path / "stranger.keras"),
        ValueError,
        called="load_model on another model, with a Python lambda in it, after build_model()",
    )


@pytest.mark.beyond
def test_small_amounts_keep_their_digits():
    """A small amount still has a logarithm, with all its digits.

    In float32, 1 + 1e-9 is 1, and the logarithm of that is 0. There is a function that does not
    take the detour.
    """
    right_elsewhere = np.allclose(made()(tf.constant(AMOUNTS)), right(AMOUNTS), atol=1e-4)
    idea = None if right_elsewhere else ""
    for amount in 1e-20, 1e-12, 1e-9, 2e-8, 2e-6, 2e-5, 9e-4, 2e-3:
        kernel = np.array([[1.0], [0.0], [0.0]], "float32") / np.float32(amount)
        model = made(kernel)
        amounts = np.array([[amount, 0.0, 0.0]], "float32")
        called = f"the model on [[{amount:g}, 0, 0]], with a first weight of {1 / amount:g}"
        with expect.works(called):
            output = model(tf.constant(amounts))
        expect.tensor(output, right(amounts, kernel), tolerance=2e-6, called=called, idea=idea)


@pytest.mark.beyond
def test_settings_stay():
    """No setting of Keras has changed.

    Settings are those of the whole process: of all models, and of whoever set them.
    """
    for before in SETTINGS:
        with settings_of_somebody(before):
            made()
            after = settings()
        for name, value in after.items():
            called = f"keras.config.{name}(), set to {before[name]!r}, after build_model()"
            expect.same(value, before[name], called=called)


@pytest.mark.beyond
def test_random_numbers_go_on():
    """The random numbers of the program go on as before.

    A seed is for the whole program, too. After a call that sets it, the same random numbers come
    again.
    """
    drawn = []
    for seed in 1, 2:
        keras.utils.set_random_seed(seed)
        made()
        drawn.append(
            {
                "random.random()": random.random(),
                "np.random.rand()": np.random.rand(),
                "tf.random.uniform([])": float(tf.random.uniform([])),
            }
        )
    for name, number in drawn[0].items():
        expect.that(
            drawn[1][name] != number,
            called=f"{name} after build_model(), with the seed 1 before it, and with the seed 2",
            expected="two numbers",
            seen=f"{number:.3} both times",
        )
