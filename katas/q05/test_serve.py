import keras
import numpy as np
import pytest
import tensorflow as tf

from dojo import expect
from katas.q05.serve import export_for_serving
from lab.saved_model import Server

UNTRACKED = {
    "idea": "The graph reads a variable that is not in the SavedModel. Python has it in memory, "
    "and C++ has the folder only.",
    "when": "Could not find variable",
}
ONE_SIZE = {
    "idea": "A signature has the shape that was given when the graph was traced. None leaves a "
    "dimension open.",
    "when": "of shape",
}
NO_INPUTS = {
    "idea": "A subclassed model has no keras.Input. Keras knows its input from the first call.",
    "when": "AttributeError|NoneType",
}


def served(model, folder, **foreseen):
    """A server in C++ that runs what was exported."""
    with expect.works("export_for_serving(model, folder)", **foreseen):
        export_for_serving(model, folder)
    with expect.works("starting a server in C++ with that folder"):
        return Server(folder)


def answer(server, request, called, foreseen=UNTRACKED):
    """What the server answers to a request, if that is a single output."""
    with expect.works(called, **foreseen):
        outputs = server(request)
    expect.that(
        len(outputs) == 1,
        called=f"the outputs of {called}",
        expected="one, as the model has one",
        seen=str(sorted(outputs)),
        idea="",
    )
    return next(iter(outputs.values()))


def predicted(model, x):
    """The same as model.predict, quicker for one batch."""
    return np.asarray(model(x, training=False))


def files_in(folder):
    """The paths of all files below a folder; of a folder that is gone, none."""
    return sorted(str(file.relative_to(folder)) for file in folder.rglob("*"))


def of_weights(name):
    """A model that sums up two numbers, or gives 0: with weights of "ones" or "zeros"."""
    return keras.Sequential([keras.Input([2]), keras.layers.Dense(1, kernel_initializer=name)])


def test_a_server_answers_requests_of_any_size(tmp_path):
    """A server in C++ computes what the model computes, for any number of rows.

    A server loads a graph and weights, without your Python code. It collects requests into
    batches, and each batch has another size.
    """
    model = keras.Sequential([keras.Input([4]), keras.layers.Dense(2, "relu")])
    server = served(model, tmp_path / "1")
    for rows in (1, 5, 2):
        x = np.random.normal(size=(rows, 4)).astype("float32")
        called = f"a request with {rows} x 4 numbers"
        seen = answer(server, x, called, UNTRACKED if rows == 1 else ONE_SIZE)
        expect.value(seen, predicted(model, x), called=f"the answer to {called}", tolerance=1e-5)


def test_inputs_and_outputs_have_names(tmp_path):
    """A client names the inputs and gets named outputs.

    The author of a client has the names and nothing else: a program in Go does not see the order
    of your arguments.
    """
    model = keras.Sequential([keras.Input([3], name="frame"), keras.layers.Dense(1)])
    inputs = served(model, tmp_path / "frames").inputs
    called = 'the names of the inputs, of a Sequential with keras.Input(..., name="frame")'
    expect.same(inputs, ["frame"], called=called)
    video, hour = keras.Input([3], name="video"), keras.Input([1], name="hour")
    both = keras.layers.Concatenate()([video, hour])
    outputs = {"who": keras.layers.Dense(2)(both), "alarm": keras.layers.Dense(1)(both)}
    model = keras.Model([video, hour], outputs)
    server = served(model, tmp_path / "intruders")
    expect.same(server.inputs, ["hour", "video"], called="the names of the inputs, sorted")
    expect.same(server.outputs, ["alarm", "who"], called="the names of the outputs, sorted")
    request = {"video": np.array([[0.5, -1.0, 2.0]], "float32"), "hour": np.float32([[23.0]])}
    with expect.works("a request with video and hour", **UNTRACKED):
        answers = server(request)
    truth = model([request["video"], request["hour"]], training=False)
    for name in ("who", "alarm"):
        called = f"the output {name} for a request with video and hour"
        expect.value(answers[name], truth[name].numpy(), called=called, tolerance=1e-5)


def test_a_server_never_trains(tmp_path):
    """What runs on the server is inference.

    Dropout and BatchNormalization are one thing in training and another one afterwards. Which of
    the two is in the graph is decided when it is traced.
    """
    model = keras.Sequential(
        [
            keras.Input([6]),
            keras.layers.BatchNormalization(moving_mean_initializer="ones"),
            keras.layers.Dropout(0.5),
            keras.layers.Dense(1),
        ]
    )
    server = served(model, tmp_path / "inference")
    x = np.random.normal(size=(1, 6)).astype("float32")
    for call in ("a first", "a second"):
        seen = answer(server, x, f"{call} request")
        called = f"the answer to {call} request, from a model with Dropout"
        expect.value(seen, predicted(model, x), called=called, tolerance=1e-5)


def test_what_is_served_is_not_overwritten(tmp_path):
    """A folder that exists is refused, and stays as it is.

    A server may be running what lies there. Versions get folders of their own: 1, 2, 3.
    """
    folder, x = tmp_path / "1", np.ones([1, 2], "float32")
    with expect.works("export_for_serving(model, folder)"):
        export_for_serving(of_weights("ones"), folder)
    before = files_in(folder)
    called = "export_for_serving of a second model to the same folder"
    expect.raises(
        lambda: export_for_serving(of_weights("zeros"), folder), FileExistsError, called=called
    )
    expect.same(files_in(folder), before, called=f"the files in the folder after {called}")
    with expect.works("starting a server with the folder of the first model"):
        server = Server(folder)
    seen = answer(server, x, "a request with [[1.0, 1.0]]")
    called = "the answer of the first model, after a second one was refused"
    expect.value(seen, [[2.0]], called=called)


@pytest.mark.beyond
def test_an_input_keeps_its_dtype(tmp_path):
    """A model that takes bytes is served with bytes.

    A camera's frames are uint8. Sent as float32, they are four times as large. And a server
    refuses a dtype that is not the one in the signature.
    """
    frame = keras.Input([2, 3, 1], dtype="uint8", name="frame")
    flat = keras.layers.Flatten()(keras.layers.Rescaling(1 / 255)(frame))
    model = keras.Model(frame, keras.layers.Dense(2)(flat))
    server = served(model, tmp_path / "bytes")
    kind = tf.as_dtype(next(iter(server.signature.inputs.values())).dtype).name
    expect.same(kind, "uint8", called="the dtype of the signature's input")
    x = np.random.randint(0, 256, [1, 2, 3, 1], "uint8")
    seen = answer(server, x, "a request with one uint8 frame")
    called = "the answer to a request with one uint8 frame"
    expect.value(seen, predicted(model, x), called=called, tolerance=1e-5)


class Detector(keras.Model):
    """A model without keras.Input: Keras knows its input from the first call only."""

    def __init__(self):
        super().__init__()
        self.norm = keras.layers.LayerNormalization()
        self.top = keras.layers.Dense(2)

    def call(self, x):
        return self.top(tf.reduce_max(self.norm(x), axis=1))


@pytest.mark.beyond
def test_a_subclassed_model_is_served_without_its_class(tmp_path):
    """A subclassed model is served, without its class.

    Its Python code ran once, when the graph was traced. The class itself is not in the folder. And
    a client sends any number of rows.
    """
    model, x = Detector(), np.random.normal(size=(1, 3, 2)).astype("float32")
    expected = predicted(model, x)
    server = served(model, tmp_path / "subclassed", **NO_INPUTS)
    seen = answer(server, x, "a request with one row of 3 x 2")
    called = "the answer of a subclassed model to one row of 3 x 2"
    expect.value(seen, expected, called=called, tolerance=1e-5)
    seen = answer(server, np.repeat(x, 3, axis=0), "a request with three rows of 3 x 2", ONE_SIZE)
    called = "the answer of a subclassed model to three rows of 3 x 2"
    expect.value(seen, np.repeat(expected, 3, axis=0), called=called, tolerance=1e-5)


@pytest.mark.beyond
def test_whatever_is_there_is_refused(tmp_path):
    """Whatever is there is refused, a file and an empty folder included.

    The caller decides what may go. An empty folder may be one that somebody is about to fill.
    """
    notes, empty, file = tmp_path / "2" / "notes", tmp_path / "3", tmp_path / "4"
    for folder in (notes, empty):
        folder.mkdir(parents=True)
    file.touch()
    before = files_in(tmp_path)
    for path, what in (
        (notes.parent, "a folder without a SavedModel"),
        (empty, "an empty folder"),
        (file, "a file"),
    ):
        called = f"export_for_serving to the path of {what}"
        export = lambda to=path: export_for_serving(of_weights("ones"), to)  # noqa: E731
        expect.raises(export, FileExistsError, called=called)
        expect.same(files_in(tmp_path), before, called=f"all that is there after {called}")
