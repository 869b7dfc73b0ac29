import shutil
from contextlib import contextmanager
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


@contextmanager
def scoring(called, idea="", when=""):
    """The block works. A session that is still inside is named in few words."""
    with expect.works(called, idea=idea, when=when):
        try:
            yield
        except TypeError as error:
            if "value of a feed" not in str(error):
                raise
            session = (
                "A session takes NumPy arrays, and no tensors: neither eager nor symbolic ones."
            )
            with expect.works(called, idea=session):
                raise TypeError("the value of a feed cannot be a tf.Tensor object") from None


def test_the_scores_are_those_of_the_session(old, tmp_path):
    """The ported model gives the scores that the session gives.

    A port is right when both programs agree on the same inputs. That is a reason to keep the old
    one running until the new one is trusted. Every line of the old graph counts.
    """
    other = checkpoint(tmp_path, features=6, hidden=2)
    for prefix, features, hidden, rows in ((old, 3, 4, 5), (other, 6, 2, 1)):
        batch = transactions(rows, features)
        called = f"FraudScorer(a model with {features} features and {hidden} hidden units)"
        with expect.works(called, idea="The checkpoint knows the sizes.", when="[Ss]hape"):
            scorer = FraudScorer(prefix)
        called = f"its scores for {rows} x {features} numbers"
        with scoring(called):
            seen = scorer(tf.constant(batch))
        expect.tensor(seen, fraud_v1.score(prefix, batch), tolerance=CLOSE, called=called)
        with scoring(f"{called} in an array"):
            seen = scorer(batch)
        expect.tensor(seen, fraud_v1.score(prefix, batch), tolerance=CLOSE, called=called)


def test_variables_are_found_by_name(resumable):
    """A checkpoint with optimizer state gives the same scores.

    A checkpoint of TF1 maps names to values. It has all that its Saver was given: here also a
    step counter, and Adam's averages. Some of them are as large as the weights. The name says
    which is which; a place in the list does not.
    """
    batch = transactions(5, 3)
    called = "FraudScorer(a resumable checkpoint), called with 5 x 3 numbers"
    order = "A place in the list of names does not say what a variable is. Its name does."
    with scoring(called, idea=order, when="shape|size|dim"):
        seen = FraudScorer(resumable)(tf.constant(batch))
    expect.tensor(seen, fraud_v1.score(resumable, batch), tolerance=CLOSE, called=called)


@pytest.mark.beyond
def test_batches_are_what_a_feed_dict_took(old):
    """It takes what a feed_dict took: other floats, integers, lists.

    A session cast what it was fed to the dtype of the placeholder, and much code relies on it.
    TF2 makes a float64 tensor of a float64 array, and ops do not mix dtypes.
    """
    scorer = FraudScorer(old)
    whole = np.array([[1, 5, 3], [0, 2, 9]])
    expected = fraud_v1.score(old, whole)
    kinds = ("float64", "float16", "int64", "int32", "uint64", "int8", "uint8")
    batches = {f"an array of dtype {kind}": whole.astype(kind) for kind in kinds}
    batches["nested lists of Python integers"] = whole.tolist()
    batches["nested lists of Python floats"] = whole.astype("float64").tolist()
    mixed = "Ops do not mix dtypes. The feed_dict did the cast."
    for kind, batch in batches.items():
        called = f"the scores for {kind}"
        with scoring(called, idea=mixed, when="expected to be a|dtype|type"):
            seen = scorer(batch)
        expect.tensor(seen, expected, tolerance=CLOSE, called=called)


@pytest.mark.beyond
def test_large_integers_keep_their_value(old):
    """Integers of more than 32 bits are scored as well.

    A cast through a third dtype loses what that dtype has no room for.
    """
    batch = np.array([[3_000_000_000, 3_000_000_000, 0], [0, 2, 9]])
    called = "the scores for an int64 array with numbers of 3 * 10**9"
    with scoring(called):
        seen = FraudScorer(old)(batch)
    expect.tensor(seen, fraud_v1.score(old, batch), tolerance=CLOSE, called=called)


def test_its_weights_are_those_of_the_checkpoint(old):
    """Its trainable variables are the four trained weights, as they are in the checkpoint.

    Whoever trains on, prunes or compares weights looks at these numbers. The scaler was computed
    from the data, and is not trained.
    """
    with expect.works("reading scorer.trainable_variables"):
        weights = {np.asarray(w).shape: w for w in FraudScorer(old).trainable_variables}
    shapes = [(1,), (3, 4), (4,), (4, 1)]
    expect.same(sorted(weights), shapes, called="the shapes of scorer.trainable_variables")
    for name in ("hidden/kernel", "hidden/bias", "out/kernel", "out/bias"):
        expected = tf.train.load_variable(old, name)
        expect.value(
            weights[expected.shape],
            expected,
            called=f"the one of scorer.trainable_variables that is {name}",
            idea="A formula that is rearranged has the same scores, but other weights.",
        )


def test_training_can_go_on(old):
    """Its weights can be trained on.

    A session's graph knew its trainable variables by a collection. In TF2 they belong to an
    object. A tape follows them while they are read, and a new value counts from the next call on.
    """
    scorer, batch = FraudScorer(old), tf.constant(transactions(5, 3))
    with scoring("a call of the scorer under a tf.GradientTape"), tf.GradientTape() as tape:
        loss = tf.reduce_mean(scorer(batch))
    with expect.works("reading scorer.trainable_variables"):
        weights = list(scorer.trainable_variables)
    found = [gradient is not None for gradient in tape.gradient(loss, weights)]
    expect.same(found, [True] * 4, called="which of the four weights have a gradient")
    compiled = tf.function(lambda x: scorer(x))
    kept = "A graph reads a variable in each run. What was read while tracing stays as it was."
    for weight in weights:
        for call, where, idea in (
            (scorer, "in eager mode", None),
            (compiled, "in a graph that was traced before", kept),
        ):
            with scoring(f"a call of the scorer {where}"):
                before = np.asarray(call(batch))
            value = np.asarray(weight)
            weight.assign(value + np.float32(0.1))
            expect.that(
                not np.allclose(call(batch), before, rtol=0, atol=1e-6),
                called=f"the scores {where}, with 0.1 more in a weight of shape {value.shape}",
                expected="other scores than before",
                seen="the same scores",
                idea=idea,
            )
            weight.assign(value)
    for weight in weights:
        weight.assign(np.zeros_like(weight))
    called = "the scores after all four weights were set to 0"
    expect.value(scorer(batch), np.full([5, 1], 0.5), called=called)


def test_it_becomes_a_graph_for_all_batches(old):
    """In a tf.function, one graph takes batches of any size.

    The graph that serves the model is traced before the first request comes. Nobody knows then
    how many rows a request will have. The graph has ops and variables, and no Python.
    """
    scorer = FraudScorer(old)
    compiled = tf.function(
        lambda x: scorer(x), input_signature=[tf.TensorSpec([None, 3], tf.float32)]
    )
    open_size = "While it is traced, the batch has no value, and its number of rows is unknown."
    with scoring(
        "tracing the scorer, with x of shape [None, 3]",
        idea=open_size,
        when="NoneType|Symbolic|symbolic",
    ):
        graph = compiled.get_concrete_function()
    expect.ops(
        graph,
        none_of=["PyFunc", "PyFuncStateless", "EagerPyFunc"],
        called="the graph of a tf.function that calls the scorer",
        idea="A call back into Python is not a part of the graph: it cannot be saved or served.",
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
    attributes from object to object, and finds what TensorFlow tracks.
    """
    copied = Path(shutil.copytree(Path(resumable).parent, tmp_path / "copied"))
    scorer, other = FraudScorer(old), FraudScorer(str(copied / Path(resumable).name))
    shutil.rmtree(copied)
    batch = tf.constant(transactions(5, 3))
    with scoring("the scores, after the files that the scorer was made from are gone"):
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
