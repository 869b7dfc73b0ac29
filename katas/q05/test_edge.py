from contextlib import contextmanager
from functools import cache

import keras
import numpy as np
import pytest

from dojo import expect
from katas.q05.edge import to_int8, to_litert
from lab.litert import Camera

NOT_FLOAT32 = {"int8", "uint8", "int16", "float16"}
FLOAT = {"float16", "float32", "float64"}
NOT_ONE_ROW = {
    "idea": "The samples run through the model, as the camera's rows will: each of them a batch of "
    "one, in a list with one array for each input.",
    # A variable that is missing, in a file that was made by hand, is another matter.
    "when": "(?s)^(?!.*READ_VARIABLE).*(failed to invoke|input names and values|Cannot set tensor)",
}
IN_TRAINING = {
    "idea": "In training, Dropout draws random numbers, and BatchNormalization writes to its "
    "variables. `predict` does neither.",
    "when": "AssignVariableOp|VAR_HANDLE|AssignSubVariableOp|StatelessRandom",
}
NOT_IN_THE_FILE = (
    "The file reads variables, and has no numbers for them. In memory, Keras has the weights of "
    "its model; a .tflite file needs them as constants."
)

# Frames of two rows with four numbers, of which by turns the first row and the second is bright.
FRAMES = np.random.default_rng(5).uniform(0, 10, (312, 2, 4, 1)).astype("float32")
FRAMES[0::2, 0] += 150
FRAMES[1::2, 1] += 150
SAMPLES, LIKE_THEM = FRAMES[:300], FRAMES[300:]
SAMPLES[150, 0, 0], SAMPLES[151, 0, 2] = -50, 205
# Above zero where the first row is brighter, below where the second one is.
CONTRAST = np.repeat(np.float32([[1.0], [-0.9]]), 4, axis=0) / 650


@contextmanager
def quiet():
    """Within, Keras does not print what it exports on the way to LiteRT."""
    keras.config.disable_interactive_logging()
    try:
        yield
    finally:
        keras.config.enable_interactive_logging()


def converted(convert, model, *samples, frames, called):
    """What comes out of a conversion, the model, and what was to be seen of it before."""
    model.compile("adam", "mse")
    before = looked_at(model, frames)
    foreseen = NOT_ONE_ROW if samples else IN_TRAINING
    with expect.works(called, **foreseen, others={"READ_VARIABLE": NOT_IN_THE_FILE}), quiet():
        return convert(model, *samples), model, before


def looked_at(model, frames):
    """Of a model, what a conversion might change."""
    return {
        "frames": frames,
        "outputs": np.asarray(model(frames, training=False)),
        "settings": model.get_compile_config(),
        "weights": model.get_weights(),
        "names": [weight.name for weight in model.trainable_weights],
        "flags": [layer.trainable for layer in model.layers],
        "rate": model.get_layer("dropout").rate,
    }


@cache
def as_it_is():
    """A model converted by to_litert, for all tests that look at it."""
    model = keras.Sequential(
        [
            keras.Input([5, 4, 2], name="frame"),
            keras.layers.Flatten(),
            keras.layers.Dense(3, activation="relu", use_bias=False),
            keras.layers.BatchNormalization(moving_mean_initializer="ones"),
            keras.layers.Dropout(0.5, name="dropout", trainable=False),
            keras.layers.Dense(2),
        ]
    )
    frames = np.random.normal(size=(3, 5, 4, 2)).astype("float32")
    return converted(to_litert, model, frames=frames, called="to_litert(model)")


@cache
def in_integers():
    """A model converted by to_int8, for all tests that look at it."""
    model = keras.Sequential(
        [
            keras.Input([2, 4, 1]),
            keras.layers.Flatten(),
            keras.layers.Dropout(0.25, name="dropout", trainable=False),
            keras.layers.Dense(1, kernel_initializer=lambda *_, **__: CONTRAST),
            keras.layers.Dense(2, "relu", kernel_initializer=lambda *_, **__: [[1.0, -1.0]]),
        ]
    )
    called = "to_int8(model, samples)"
    return converted(to_int8, model, SAMPLES, frames=LIKE_THEM, called=called)


def installed(content, called):
    """A camera that runs what was converted."""
    expect.that(
        isinstance(content, (bytes, bytearray)),
        called=called,
        expected="bytes, the content of a .tflite file",
        seen=f"an object of type {type(content).__name__}",
        idea="",
    )
    with expect.works("loading those bytes with LiteRT"):
        return Camera(content)


def stays_as_it_was(model, before, called):
    """A model after its conversion is as it was before."""
    now = looked_at(model, before["frames"])
    what = f"the model's trainable weights after {called}"
    expect.same(now["names"], before["names"], called=what)
    for weight, old in zip(now["weights"], before["weights"], strict=True):
        expect.value(weight, old, called=f"a weight of the model after {called}", tolerance=0)
    what = f"trainable of the model's layers after {called}"
    expect.same(now["flags"], before["flags"], called=what)
    what = f"the rate of the model's Dropout after {called}"
    expect.value(now["rate"], before["rate"], called=what)
    what = f"the outputs of the model after {called}"
    expect.value(now["outputs"], before["outputs"], called=what)
    for name, setting in before["settings"].items():
        what = f"model.get_compile_config()[{name!r}] after {called}"
        expect.same((now["settings"] or {}).get(name), setting, called=what)


def test_the_camera_computes_what_the_model_computes():
    """LiteRT computes what the model computes.

    The file has the graph, and the weights as constants in it. Dropout and BatchNormalization are
    those of inference.
    """
    content, _, model = as_it_is()
    camera = installed(content, called="to_litert(model)")
    seen = camera(model["frames"])
    # What is read from a variable without a value may be any number: do not print it.
    reads_variables = "object" in camera.kinds
    expect.that(
        not reads_variables or np.allclose(seen, model["outputs"], atol=1e-4),
        called="the weights in the file of to_litert",
        expected="constants",
        seen="variables, and wrong outputs",
        idea=NOT_IN_THE_FILE,
    )
    called = "the camera's outputs for 3 frames"
    expect.value(seen, model["outputs"], called=called, tolerance=1e-4)


def test_nothing_is_rounded_unasked():
    """A conversion that was not told to quantize keeps float32.

    Optimizations make a file smaller by rounding its weights. Small models hide this: only
    weights of more than a thousand numbers are rounded in that way.
    """
    model = keras.Sequential([keras.Input([60]), keras.layers.Dense(21, use_bias=False)])
    called = "to_litert(model)"
    with expect.works(called), quiet():
        content = to_litert(model)
    found = sorted(installed(content, called).kinds & NOT_FLOAT32)
    called = "the dtypes of the tensors in the file of to_litert, other than float32"
    expect.same(found, [], called=called)


@pytest.mark.beyond
def test_to_litert_changes_nothing_in_the_model():
    """to_litert changes nothing in the model.

    A conversion reads the model. What belongs on the camera is made from a graph, not by turning
    the model into something else.
    """
    _, model, before = as_it_is()
    stays_as_it_was(model, before, called="to_litert(model)")


def test_int8_from_end_to_end():
    """Input and output are int8, and nothing in between is floating-point.

    A chip without a floating-point unit cannot even read a float32 input. That weights are int8
    in the file is not enough.
    """
    content, *_ = in_integers()
    camera = installed(content, called="to_int8(model, samples)")
    expect.same(camera.input_dtype, "int8", called="the dtype of the camera's input")
    expect.same(camera.output_dtype, "int8", called="the dtype of the camera's output")
    found = sorted(camera.kinds & FLOAT)
    expect.same(found, [], called="the floating-point dtypes in the file of to_int8")


@pytest.mark.beyond
def test_the_input_can_express_all_samples():
    """The input's integers cover all samples.

    255 steps have to do for all numbers that a frame may hold. Their range is measured on the
    samples, in their own units: on all of them, since the brightest frame may be any of them.
    """
    content, *_ = in_integers()
    camera = installed(content, called="to_int8(model, samples)")
    low, high = camera.input_range
    if not np.isfinite([low, high]).all():
        expect.same(camera.input_dtype, "int8", called="the dtype of the camera's input", idea="")
    expect.that(
        bool(-55.0 < low < -45.0 and 200.0 < high < 210.0),
        called="the range of the camera's input, with samples from -50 to 205",
        expected="about -50 to 205",
        seen=f"{low:.1f} to {high:.1f}",
    )


def test_quantized_outputs_are_close():
    """What the camera decides is what the model decides.

    Each layer's results get a range, too, and the samples run through the model to find it. A
    number outside of its range is cut off.
    """
    content, _, model = in_integers()
    seen = installed(content, called="to_int8(model, samples)")(model["frames"])
    called = "the camera's outputs for rows like the samples"
    expect.value(seen, model["outputs"], called=called, tolerance=0.05)


@pytest.mark.beyond
def test_to_int8_changes_nothing_in_the_model():
    """to_int8 changes nothing in the model.

    Integers are a matter of the file. After a conversion you may still want to train the model.
    """
    _, model, before = in_integers()
    stays_as_it_was(model, before, called="to_int8(model, samples)")
