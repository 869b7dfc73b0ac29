"""A function inside a model: computed by the graph, and found again when the model is loaded."""

import keras
import numpy as np
import tensorflow as tf

from dojo import expect
from katas.q03.portable_model import build_model

AMOUNTS = np.array([[0.0, 1.0, 3.0], [10.0, 100.0, 0.5]], "float32")
KERNEL, BIAS = np.array([[1.0], [-2.0], [0.5]], "float32"), np.array([0.25], "float32")


def made(kernel=KERNEL):
    """A model with known weights."""
    with expect.works("build_model()"):
        model = build_model()
    shapes = [tuple(weight.shape) for weight in model.weights]
    called = "the shapes of build_model().weights"
    expect.same(shapes, [(3, 1), (1,)], called=called)
    model.set_weights([kernel, BIAS])
    return model


def right(amounts, kernel=KERNEL):
    return (np.log1p(amounts.astype("float64")) @ kernel + BIAS).astype("float32")


def loaded(path):
    """The model in a file; if there is none, the reason in short, without what is around it."""
    model, seen = None, ""
    try:
        model = keras.models.load_model(path)
    except Exception as error:
        while inner := error.__cause__ or error.__context__:
            error = inner
        seen = f"{type(error).__name__}: {str(error).split('. ')[0]}"
    called = f"load_model('{path.name}')"
    expect.that(model is not None, called=called, expected="a model", seen=seen)
    return model


def test_logarithms_come_first():
    """The model applies its Dense layer to log(1 + amount).

    An amount of nothing is 0 after the logarithm, too, and a large amount is no outlier: what
    differs by factors then differs by steps. Every row is a case of its own.
    """
    model = made()
    large = np.array([[5e3, 2e4, 1e6]], "float32")
    for amounts in (AMOUNTS, large, np.repeat(AMOUNTS, 3, axis=0)):
        called = f"the model, with known weights, on {amounts[:2].tolist()}"
        with expect.works(called):
            output = model(tf.constant(amounts))
        expect.tensor(output, right(amounts), called=called)


def test_small_amounts_keep_their_digits():
    """An amount of a billionth still has a logarithm.

    In float32, 1 + 1e-9 is 1, and the logarithm of that is 0. There is a function that does not
    take the detour.
    """
    kernel = KERNEL * 1e9
    model = made(kernel)
    amounts = np.array([[1e-9, 3e-9, 0.0], [0.0, 2e-9, 5e-9]], "float32")
    called = "the model on [[1e-9, 3e-9, 0], [0, 2e-9, 5e-9]], with weights of a billion"
    with expect.works(called):
        output = model(tf.constant(amounts))
    expect.tensor(output, right(amounts, kernel), called=called)


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
    again = loaded(tmp_path / "m.keras")
    with expect.works(called):
        seen = again.predict_on_batch(AMOUNTS)
    expect.value(seen, right(AMOUNTS), called=called)


def test_safe_mode_stays_on(tmp_path):
    """A model from a stranger is still refused.

    Safe mode is a setting of the whole process. Who turns it off for one model, turns it off for
    every file that is loaded later.
    """
    made()
    stranger = keras.Sequential([keras.Input([3]), keras.layers.Lambda(lambda x: x)])
    stranger.save(tmp_path / "stranger.keras")
    expect.raises(
        lambda: keras.models.load_model(tmp_path / "stranger.keras"),
        ValueError,
        called="load_model on another model, with a Python lambda in it, after build_model()",
    )
