"""A server does what the quick check asks about, and your predictions are compared."""

import shutil

import keras
import numpy as np
import tensorflow as tf

from dojo import expect
from katas.q07 import quick_check as answers
from lab.scoring import save
from lab.serving.ask import ask
from lab.serving.embedded import FOR_TESTS, EmbeddedServer
from lab.serving.errors import RefusedError
from lab.serving.target import one_model

ROWS = np.float32([[1, 2, 3]])


def keras_model():
    features = keras.Input([3])
    return keras.Model(features, keras.layers.Dense(1)(features))


def scores_or_error(server, inputs):
    try:
        ask(server, inputs)
    except RefusedError:
        return "error"
    return "scores"


def test_a_model_saved_by_tensorflow(tmp_path):
    """1. A Keras model that tf.saved_model.save has saved.

    Python finds the model's variables by following objects. The C++ runtime has no objects: it
    restores what the SavedModel itself knows as a variable.
    """
    model = keras_model()
    tf.saved_model.save(model, str(tmp_path / "1"))
    loaded = tf.saved_model.load(str(tmp_path / "1"))
    (name,) = loaded.signatures["serving_default"].structured_input_signature[1]
    with EmbeddedServer(one_model(tmp_path)) as server:
        truth = scores_or_error(server, {name: ROWS})
    called = "SAVED_BY_TENSORFLOW"
    expect.prediction(answers.SAVED_BY_TENSORFLOW, truth, called=called, among=("scores", "error"))


def test_the_latest_version(tmp_path):
    """2. The folder of a model with several children.

    Ask which of the names are versions, and how they are compared.
    """
    for name in ("1", "9", "10", "best", "11.tmp"):
        save(tmp_path, name, number=0)
    with EmbeddedServer(one_model(tmp_path)) as server:
        truth = ask(server, {"features": ROWS}).version
    expect.prediction(answers.LATEST, truth, called="LATEST")


def test_a_new_version_and_a_specific_policy(tmp_path):
    """3. A version is published while the policy names another one.

    "New versions are rolled out without downtime" has a condition.
    """
    save(tmp_path, 1, number=1)
    with EmbeddedServer(one_model(tmp_path, stable=1), FOR_TESTS) as server:
        save(tmp_path, 2, number=2)
        server.poll()
        truth = ask(server, {"features": ROWS}).version
    expect.prediction(answers.AFTER_PUBLISHING, truth, called="AFTER_PUBLISHING")


def test_the_name_of_an_output(tmp_path):
    """4. The name of an output that nobody has named.

    A client has to ask for it by this name.
    """
    keras_model().export(tmp_path / "1", verbose=False)
    signature = tf.saved_model.load(str(tmp_path / "1")).signatures["serving_default"]
    (truth,) = signature.structured_outputs
    expect.prediction(answers.OUTPUT, truth, called="OUTPUT")


def test_rows_from_numpy(tmp_path):
    """5. Rows as NumPy makes them of Python's numbers.

    Ask which dtype they have, and who would convert them.
    """
    save(tmp_path, 1, number=0)
    with EmbeddedServer(one_model(tmp_path)) as server:
        truth = scores_or_error(server, {"features": np.array([[1.0, 2.0, 3.0]])})
    expect.prediction(answers.NUMPY_ROWS, truth, called="NUMPY_ROWS", among=("scores", "error"))


def test_two_versions_without_a_policy(tmp_path):
    """6. Two versions and a configuration without a policy.

    A balancer can only choose among what is loaded.
    """
    for version in (1, 2):
        save(tmp_path, version, number=version)
    with EmbeddedServer(one_model(tmp_path)) as server:
        truth = len(server.core.available())
    expect.prediction(answers.LOADED, truth, called="LOADED")


def test_a_label_at_the_start(tmp_path):
    """7. A label at the start of a server.

    Labels are looked at before versions are loaded.
    """
    save(tmp_path, 1, number=1)
    try:
        with EmbeddedServer(one_model(tmp_path, stable=1)):
            truth = "yes"
    except RefusedError:
        truth = "no"
    expect.prediction(answers.STARTS, truth, called="STARTS", among=("yes", "no"))


class Sum(tf.Module):
    """The sum of a row. Its signature declares three features."""

    @tf.function(input_signature=[tf.TensorSpec([None, 3], tf.float32, name="features")])
    def score(self, features):
        return {"score": tf.reduce_sum(features, axis=1)}


def test_a_row_that_is_too_short(tmp_path):
    """8. A row with two features, where the signature declares three.

    Ask who would compare the two, and whether `reduce_sum` minds.
    """
    model = Sum()
    tf.saved_model.save(model, str(tmp_path / "1"), signatures=model.score)
    with EmbeddedServer(one_model(tmp_path)) as server:
        truth = scores_or_error(server, {"features": ROWS[:, :2]})
    expect.prediction(answers.SHORT_ROW, truth, called="SHORT_ROW", among=("scores", "error"))


def test_a_model_without_its_variables(tmp_path):
    """9. A version whose folder `variables` was not copied.

    The graph is there. Ask when its variables are first used.
    """
    save(tmp_path, 1, number=1)
    shutil.rmtree(tmp_path / "1" / "variables")
    with EmbeddedServer(one_model(tmp_path)) as server:
        is_available = ("fraud", 1) in server.core.available()
        answer = scores_or_error(server, {"features": ROWS})
    truth = f"{'AVAILABLE' if is_available else 'END'}, {answer}"
    expect.prediction(
        answers.NO_VARIABLES,
        truth,
        called="NO_VARIABLES",
        among=("AVAILABLE, scores", "AVAILABLE, error", "END, scores", "END, error"),
    )
