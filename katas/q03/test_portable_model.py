"""A function inside a model: computed by the graph, and found again when the model is loaded."""

from contextlib import contextmanager

import keras
import numpy as np
import tensorflow as tf

from dojo import expect
from katas.q03.portable_model import build_model
from lab.loading import loaded, registered

AT_IMPORT = registered()
AMOUNTS = np.array([[0.0, 1.0, 3.0], [10.0, 100.0, 0.5]], "float32")
KERNEL, BIAS = np.array([[1.0], [-2.0], [0.5]], "float32"), np.array([0.25], "float32")


def made(kernel=KERNEL):
    """A model with known weights."""
    with expect.works("build_model()"):
        model = build_model()
    for weights, name in (model.weights, "weights"), (model.trainable_weights, "trainable_weights"):
        shapes = [tuple(weight.shape) for weight in weights]
        expect.same(shapes, [(3, 1), (1,)], called=f"the shapes of build_model().{name}")
    model.set_weights([kernel, BIAS])
    return model


def settings():
    """The settings of Keras that a model might be made to change."""
    return {
        "dtype_policy": keras.config.dtype_policy().name,
        "floatx": keras.config.floatx(),
        "epsilon": keras.config.epsilon(),
        "image_data_format": keras.config.image_data_format(),
        "is_traceback_filtering_enabled": keras.config.is_traceback_filtering_enabled(),
        "is_interactive_logging_enabled": keras.config.is_interactive_logging_enabled(),
    }


@contextmanager
def settings_of_somebody():
    """Within, Keras has other settings than those that it starts with."""
    policy, epsilon = keras.config.dtype_policy(), keras.config.epsilon()
    keras.config.set_dtype_policy("mixed_bfloat16")
    keras.config.set_epsilon(1e-4)
    keras.config.disable_traceback_filtering()
    try:
        yield
    finally:
        keras.config.set_dtype_policy(policy)
        keras.config.set_epsilon(epsilon)
        keras.config.enable_traceback_filtering()
        keras.config.enable_interactive_logging()
        keras.config.set_floatx("float32")
        keras.config.set_image_data_format("channels_last")


def right(amounts, kernel=KERNEL):
    return (np.log1p(amounts.astype("float64")) @ kernel + BIAS).astype("float32")


def test_logarithms_come_first():
    """The model applies its Dense layer to log(1 + amount).

    An amount of nothing is 0 after the logarithm, too, and a large amount is no outlier: what
    differs by factors then differs by steps. Every row is a case of its own.
    """
    model = made()
    large = np.array([[5e3, 2e4, 1e9]], "float32")
    for amounts in (AMOUNTS, large, np.repeat(AMOUNTS, 3, axis=0)):
        called = f"the model, with known weights, on {amounts[:2].tolist()}"
        with expect.works(called):
            output = model(tf.constant(amounts))
        expect.tensor(output, right(amounts), called=called)


def test_small_amounts_keep_their_digits():
    """A small amount still has a logarithm, with all its digits.

    In float32, 1 + 1e-9 is 1, and the logarithm of that is 0. There is a function that does not
    take the detour.
    """
    for amount in 1e-20, 1e-12, 1e-9, 2e-8, 2e-6, 2e-5, 9e-4, 2e-3:
        kernel = np.array([[1.0], [0.0], [0.0]], "float32") / np.float32(amount)
        model = made(kernel)
        amounts = np.array([[amount, 0.0, 0.0]], "float32")
        called = f"the model on [[{amount:g}, 0, 0]], with a first weight of {1 / amount:g}"
        with expect.works(called):
            output = model(tf.constant(amounts))
        expect.tensor(output, right(amounts, kernel), tolerance=2e-6, called=called)


def test_every_model_has_its_own_weights():
    """Each call of build_model makes new weights.

    A layer is an object, and whoever uses the same object uses the same weights.
    """
    first, second = made(), made(kernel=2.0 * KERNEL)
    called = "the first model on 2 rows, after a second one was built and got other weights"
    expect.value(first(AMOUNTS), right(AMOUNTS), called=called)
    expect.value(
        second(AMOUNTS),
        right(AMOUNTS, 2.0 * KERNEL),
        called="the second model on the same rows",
    )


def test_the_graph_computes_it():
    """The logarithm is an op of the graph, through which gradients flow.

    A call back into Python leaves nothing in the graph but a reference to this process: nothing
    that could be served, differentiated or run on another device.
    """
    model = made()
    compiled = tf.function(lambda x: model(x))
    with expect.works("the model in a tf.function"):
        concrete = compiled.get_concrete_function(tf.TensorSpec([None, 3], tf.float32))
    expect.ops(
        concrete,
        none_of=("PyFunc", "EagerPyFunc", "PyFuncStateless"),
        called="the graph of the model",
    )
    x = tf.constant(AMOUNTS)
    with tf.GradientTape() as tape:
        tape.watch(x)
        y = model(x)
    gradient = tape.gradient(y, x)
    expect.that(
        gradient is not None,
        called="the gradient of the output with respect to the amounts",
        expected="a tensor",
        seen="None",
    )
    expect.tensor(
        gradient,
        KERNEL[:, 0] / (1.0 + AMOUNTS),
        called="the gradient of the output with respect to the amounts",
    )


def test_loads_in_safe_mode(tmp_path):
    """load_model(path) gives the model back, whatever stands in it.

    A file can hold the name of a function that Keras knows where it is loaded. Or it can hold the
    function's bytecode, and then loading it means to run what somebody wrote.
    """
    model = made()
    with expect.works("model.save('m.keras')"):
        model.save(tmp_path / "m.keras")
    called = "predictions of the loaded model"
    again = loaded(tmp_path / "m.keras", AT_IMPORT)
    with expect.works(called):
        seen = again.predict_on_batch(AMOUNTS)
    expect.value(seen, right(AMOUNTS), called=called)


def test_safe_mode_stays_on(tmp_path):
    """A model from a stranger is still refused, and no other setting has changed.

    Settings are those of the whole process. Who turns safe mode off for one model, turns it off
    for every file that is loaded later.
    """
    with settings_of_somebody():
        before = settings()
        made()
        for name, value in settings().items():
            expect.same(value, before[name], called=f"keras.config.{name}(), after build_model()")
    stranger = keras.Sequential([keras.Input([3]), keras.layers.Lambda(lambda x: x)])
    stranger.save(tmp_path / "stranger.keras")
    expect.raises(
        lambda: keras.models.load_model(tmp_path / "stranger.keras"),
        ValueError,
        called="load_model on another model, with a Python lambda in it, after build_model()",
    )
