from contextlib import contextmanager

import keras
import numpy as np

from dojo import expect
from katas.q05.camera import Camera
from katas.q05.edge import to_int8, to_litert

NOT_FLOAT32 = {"int8", "uint8", "int16", "float16"}
FLOAT = {"float16", "float32", "float64"}


@contextmanager
def quiet():
    """Within, Keras does not print what it exports on the way to LiteRT."""
    keras.config.disable_interactive_logging()
    try:
        yield
    finally:
        keras.config.enable_interactive_logging()


def installed(convert, *arguments, called):
    """A camera that runs what was converted."""
    with expect.works(called), quiet():
        content = convert(*arguments)
    expect.that(
        isinstance(content, (bytes, bytearray)),
        called=called,
        expected="bytes, the content of a .tflite file",
        seen=f"an object of type {type(content).__name__}",
    )
    with expect.works("loading those bytes with LiteRT"):
        return Camera(content)


def test_the_camera_computes_what_the_model_computes():
    """LiteRT computes what the model computes.

    The file has the graph, with the weights in it as constants. Dropout and BatchNormalization
    are those of inference.
    """
    model = keras.Sequential(
        [
            keras.Input([5, 4, 2], name="frame"),
            keras.layers.Dense(3, activation="relu"),
            keras.layers.BatchNormalization(moving_mean_initializer="ones"),
            keras.layers.Flatten(),
            keras.layers.Dropout(0.5),
            keras.layers.Dense(2),
        ]
    )
    camera = installed(to_litert, model, called="to_litert(model)")
    frames = np.random.normal(size=(3, 5, 4, 2)).astype("float32")
    seen, truth = camera(frames), np.asarray(model(frames, training=False))
    expect.value(seen, truth, called="the camera's outputs for 3 frames", tolerance=1e-4)


def test_nothing_is_rounded_unasked():
    """A conversion that was not told to quantize keeps float32.

    Optimizations make a file smaller by rounding its weights. Small models hide this: only
    weights of more than a thousand numbers are rounded in that way.
    """
    model = keras.Sequential([keras.Input([60]), keras.layers.Dense(21)])
    camera = installed(to_litert, model, called="to_litert(model)")
    found = sorted(camera.kinds & NOT_FLOAT32)
    called = "the dtypes of the tensors in the file of to_litert, other than float32"
    expect.same(found, [], called=called)


def test_int8_from_end_to_end():
    """Input and output are int8, and nothing in between is floating-point.

    A chip without a floating-point unit cannot even read a float32 input. That weights are int8
    in the file is not enough.
    """
    model = keras.Sequential(
        [keras.Input([3]), keras.layers.Dense(7, "relu"), keras.layers.Dense(2)]
    )
    samples = np.random.normal(size=(9, 3)).astype("float32")
    camera = installed(to_int8, model, samples, called="to_int8(model, samples)")
    expect.same(camera.input_dtype, "int8", called="the dtype of the camera's input")
    expect.same(camera.output_dtype, "int8", called="the dtype of the camera's output")
    found = sorted(camera.kinds & FLOAT)
    expect.same(found, [], called="the floating-point dtypes in the file of to_int8")


def test_the_input_can_express_all_samples():
    """The input's integers cover all samples.

    255 steps have to do for all numbers that a frame may hold. Their range is measured on rows as
    the model will get them: on all of them, each as a batch of one, and in their own units.
    """
    model = keras.Sequential(
        [keras.Input([2, 3, 1]), keras.layers.Flatten(), keras.layers.Dense(2)]
    )
    samples = np.random.uniform(0, 20, (300, 2, 3, 1)).astype("float32")
    samples[150] *= 10
    samples[150, 0, 0], samples[150, 1, 2] = -50.0, 205.0
    camera = installed(to_int8, model, samples, called="to_int8(model, samples)")
    low, high = camera.input_range
    expect.that(
        bool(-55.0 < low < -45.0 and 200.0 < high < 210.0),
        called="the range of the camera's input, with samples from -50 to 205",
        expected="about -50 to 205",
        seen=f"{low:.1f} to {high:.1f}",
    )


def test_quantized_outputs_are_close():
    """What the camera decides is what the model decides.

    Each layer's results get a range, too, and the samples run through the model to find it. What
    is outside of the range later is cut off.
    """
    kernel = np.array([[1.0]] * 4 + [[-0.9]] * 4, "float32") / 800
    model = keras.Sequential(
        [
            keras.Input([8]),
            keras.layers.Dense(1, kernel_initializer=lambda *_, **__: kernel),
            keras.layers.Dense(1, kernel_initializer="ones"),
        ]
    )
    rows = np.random.uniform(0, 10, (24, 8)).astype("float32")
    rows[0::4, :4] += 190
    rows[1::4, :4] += 190
    rows[2::4, 4:] += 190
    rows[3::4, 4:] += 190
    camera = installed(to_int8, model, rows[::2], called="to_int8(model, samples)")
    seen, truth = camera(rows[1::2]), np.asarray(model(rows[1::2], training=False))
    called = "the camera's outputs for rows like the samples"
    expect.value(seen, truth, called=called, tolerance=0.05)


def test_the_model_stays_as_it_is():
    """The model itself is not changed, and can be trained on.

    A conversion reads the model. What belongs on the camera is made from a graph, not by turning
    the model into something else.
    """
    model = keras.Sequential([keras.Input([3]), keras.layers.Dropout(0.25), keras.layers.Dense(2)])
    model.layers[0].trainable = False
    weights = model.get_weights()
    samples = np.random.normal(size=(4, 3)).astype("float32")
    for called, convert in (
        ("to_litert(model)", lambda: to_litert(model)),
        ("to_int8(model, samples)", lambda: to_int8(model, samples)),
    ):
        with expect.works(called), quiet():
            convert()
        names = [weight.name for weight in model.trainable_weights]
        what = f"the model's trainable weights after {called}"
        expect.same(names, ["kernel", "bias"], called=what)
        for now, before in zip(model.get_weights(), weights, strict=True):
            expect.value(now, before, called=f"a weight of the model after {called}")
        flags = [layer.trainable for layer in model.layers]
        called_flags = f"trainable of the model's layers after {called}"
        expect.same(flags, [False, True], called=called_flags)
        rate = model.layers[0].rate
        expect.value(rate, 0.25, called=f"the rate of the model's Dropout after {called}")
