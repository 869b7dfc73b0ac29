import shutil
from pathlib import Path

import numpy as np
import pytest
import tensorflow as tf

from dojo import expect
from katas.q01.port_session import FraudScorer
from lab import fraud_v1

# The sums of two programs may be added up in different orders.
CLOSE = 1e-5


def checkpoint(folder, features=3, hidden=4, seed=1, resumable=False):
    """What the bank's own program has written."""
    prefix = str(folder / f"fraud-{features}-{hidden}-{seed}.ckpt")
    fraud_v1.train(prefix, features, hidden, seed, resumable)
    return prefix


@pytest.fixture(scope="module")
def old(tmp_path_factory):
    """A checkpoint of a model with 3 features and 4 hidden units."""
    return checkpoint(tmp_path_factory.mktemp("old"))


@pytest.fixture(scope="module")
def resumable(tmp_path_factory):
    """A checkpoint of another model of the same size, with all that training needs."""
    return checkpoint(tmp_path_factory.mktemp("resumable"), seed=2, resumable=True)


def transactions(rows, features):
    random = np.random.default_rng(rows)
    return random.normal(loc=3.0, scale=2.0, size=[rows, features]).astype("float32")


def test_the_scores_are_those_of_the_session(old, tmp_path):
    """The ported model gives the scores that the session gives.

    A port is right when both programs agree on the same inputs: a reason to keep the old one
    running, on compat.v1, until the new one is trusted. Every line of the old graph counts, and
    the sizes are those that the checkpoint has.
    """
    other = checkpoint(tmp_path, features=6, hidden=2)
    for prefix, features, hidden, rows in ((old, 3, 4, 5), (other, 6, 2, 1)):
        batch = transactions(rows, features)
        called = f"FraudScorer(a model with {features} features and {hidden} hidden units)"
        with expect.works(called):
            scorer = FraudScorer(prefix)
        called = f"its scores for {rows} x {features} numbers"
        with expect.works(called):
            seen = scorer(tf.constant(batch))
        expect.tensor(seen, fraud_v1.score(prefix, batch), tolerance=CLOSE, called=called)


def test_variables_are_found_by_name(resumable):
    """A checkpoint with optimizer state gives the same scores.

    A checkpoint of TF1 maps names to values, and holds whatever its Saver was given: here a step
    counter and Adam's averages too, some of them as large as the weights that they belong to. A
    variable's place in the list of names says nothing about what it is; its name does.
    """
    batch = transactions(5, 3)
    called = "FraudScorer(a resumable checkpoint), called with 5 x 3 numbers"
    with expect.works(called):
        seen = FraudScorer(resumable)(tf.constant(batch))
    expect.tensor(seen, fraud_v1.score(resumable, batch), tolerance=CLOSE, called=called)


def test_batches_are_what_a_feed_dict_took(old):
    """It takes what a feed_dict took: other floats, integers, lists.

    A session cast what it was fed to the dtype of the placeholder. Nobody noticed, and much code
    relies on it. TF2 makes a float64 tensor of a float64 array, and ops do not mix dtypes. A dtype
    on the way to the right one counts, too: what it has no room for is lost.
    """
    scorer = FraudScorer(old)
    whole = np.array([[1, 5, 3], [0, 2, 9]])
    large = np.array([[3_000_000_000, 3_000_000_000, 0], [0, 2, 9]])
    expected = fraud_v1.score(old, whole)
    for kind, batch, scores in (
        ("a float64 array", whole.astype("float64"), expected),
        ("a float16 array", whole.astype("float16"), expected),
        ("an int64 array", whole, expected),
        ("a uint8 array", whole.astype("uint8"), expected),
        ("an int64 array with numbers of 3 * 10**9", large, fraud_v1.score(old, large)),
        ("nested lists of Python integers", whole.tolist(), expected),
    ):
        called = f"the scores for {kind}"
        with expect.works(called):
            seen = scorer(batch)
        expect.tensor(seen, scores, tolerance=CLOSE, called=called)


def test_training_can_go_on(old):
    """Its weights can be trained on, and the scaler is not one of them.

    A session's graph knew its trainable variables by a collection. In TF2 they belong to an
    object, a tape follows them while they are read, and a new value counts from the next call on.
    """
    scorer, batch = FraudScorer(old), tf.constant(transactions(5, 3))
    with expect.works("reading scorer.trainable_variables"):
        weights = list(scorer.trainable_variables)
        shapes = sorted(np.asarray(weight).shape for weight in weights)
    expect.same(
        shapes, [(1,), (3, 4), (4,), (4, 1)], called="the shapes of scorer.trainable_variables"
    )
    with tf.GradientTape() as tape:
        loss = tf.reduce_mean(scorer(batch))
    found = [gradient is not None for gradient in tape.gradient(loss, weights)]
    expect.same(found, [True] * 4, called="which of the four weights have a gradient")
    for weight in weights:
        weight.assign(np.zeros_like(weight))
    called = "the scores after all four weights were set to 0"
    expect.value(scorer(batch), np.full([5, 1], 0.5), called=called)


def test_it_becomes_a_graph_for_all_batches(old):
    """In a tf.function, one graph takes batches of any size.

    The graph that serves the model is traced before the first request comes, when nobody knows
    how many rows a request will have. In it are ops and variables; a session, or any other call
    back into Python, cannot come along.
    """
    scorer = FraudScorer(old)
    compiled = tf.function(
        lambda x: scorer(x), input_signature=[tf.TensorSpec([None, 3], tf.float32)]
    )
    with expect.works("tracing the scorer, with x of shape [None, 3]"):
        graph = compiled.get_concrete_function()
    expect.ops(
        graph,
        none_of=["PyFunc", "PyFuncStateless", "EagerPyFunc"],
        called="the graph of a tf.function that calls the scorer",
    )
    for rows in (1, 4):
        batch = tf.constant(transactions(rows, 3))
        called = f"the scores for {rows} x 3 numbers in the graph, against those in eager mode"
        with expect.works(called):
            seen, expected = compiled(batch), scorer(batch)
        expect.value(seen, expected, tolerance=CLOSE, called=called)


def test_it_is_saved_in_the_new_format(old, resumable, tmp_path):
    """tf.train.Checkpoint saves and restores it, with all six variables.

    The port is finished when the old file is not needed any more. A checkpoint of TF2 follows
    attributes from object to object, and finds what TensorFlow tracks. Names play no part in it.
    """
    copied = Path(shutil.copytree(Path(resumable).parent, tmp_path / "copied"))
    scorer, other = FraudScorer(old), FraudScorer(str(copied / Path(resumable).name))
    shutil.rmtree(copied)
    batch = tf.constant(transactions(5, 3))
    called = "the scores, after the files that the scorer was made from are gone"
    with expect.works(called):
        try:
            other(batch)
        except tf.errors.NotFoundError:
            raise FileNotFoundError("it reads the checkpoint when it is called") from None
    called = "tf.train.Checkpoint(scorer=scorer)"
    with expect.works(called):
        try:
            saver, reader = tf.train.Checkpoint(scorer=scorer), tf.train.Checkpoint(scorer=other)
        except ValueError:
            raise ValueError("FraudScorer is no class that TensorFlow tracks") from None
    called = f"{called}.write(...), read into another scorer"
    with expect.works(called):
        reader.read(saver.write(str(tmp_path / "new"))).assert_existing_objects_matched()
        seen, expected = other(batch), scorer(batch)
    called = "the scores of a scorer made from other weights, after it has read those"
    expect.value(seen, expected, tolerance=CLOSE, called=called)
