import contextlib
import hashlib
import os
import shutil
import sys
import tempfile
from functools import partial
from pathlib import Path

import keras
import numpy as np
import pytest
import tensorflow as tf
from tensorflow_serving.apis.prediction_log_pb2 import PredictionLog

from dojo import expect
from katas.q07.publish import publish
from lab.folders import Watch
from lab.serving.ask import ask, only_input
from lab.serving.servable import Servable
from lab.serving.target import one_model, serving

UNTRACKED = {
    "idea": "The graph reads a variable that is not in the SavedModel. Python has it in memory, "
    "and a server has the folder only.",
    "when": "Could not find variable",
}
WARM_UP = {
    "idea": "The server replays the warm-up before it serves. A version that fails at it does not "
    "load.",
    "when": "warmup|arg|match signature|not a matrix|batch",
}
OTHER_DTYPE = {
    "idea": "A server converts nothing. A request of another dtype is refused, and so is a version "
    "whose warm-up has one.",
    "when": "Expects arg",
}
ONE_SIZE = {
    "idea": "A signature has the shape that was given when it was traced. None leaves a dimension "
    "open.",
    "when": "shape",
}
ROWS = np.float32([[0, 1, 2], [3, -4, 5], [1, 1, 1], [-2, 0, 1]])


class Scorer(keras.Model):
    """A subclassed model."""

    def __init__(self):
        super().__init__()
        self.dense = keras.layers.Dense(1, activation="sigmoid")

    def call(self, x):
        return self.dense(x)


def subclassed():
    model = Scorer()
    model(ROWS)
    return model


def functional():
    features = keras.Input([3], name="transaction")
    x = keras.layers.BatchNormalization()(features)
    return keras.Model(features, keras.layers.Dense(1, activation="sigmoid")(x))


def plain():
    """A graph whose reshapes have the batch size in them, if the batch size is fixed."""
    layers = [keras.layers.Reshape([3, 1]), keras.layers.Flatten(), keras.layers.Dense(1)]
    return keras.Sequential([keras.Input([3]), *layers])


def published(model, base, warmup=ROWS[:1], what="", **version):
    """The version that publish says it has made, and what was called."""
    given = "".join(f", version={number}" for number in version.values())
    rows = "1 row" if len(warmup) == 1 else f"{len(warmup)} rows"
    called = f"publish({what or 'model'}, {base.name!r}, {rows}{given})"
    with expect.works(called):
        return called, publish(model, base, warmup, **version)


@contextlib.contextmanager
def served(base, called, foreseen=WARM_UP):
    """A server that has taken up what was published."""
    there = sorted(str(p.relative_to(base)) for p in base.glob("[0-9]*/*")) or os.listdir(base)
    expect.that(
        "1/saved_model.pb" in there,
        called=called,
        expected="1/saved_model.pb in the model's folder",
        seen=", ".join(there) or "an empty folder",
        idea="A server loads a SavedModel: saved_model.pb, and the variables beside it.",
    )
    with contextlib.ExitStack() as stack:
        with expect.works(f"the server, when it loads the version of {called}", **foreseen):
            server = stack.enter_context(serving(one_model(base)))
        yield server


def scores(server, rows, called, foreseen=UNTRACKED):
    what = f"a request with {len(rows)} rows to the server, after {called}"
    with expect.works(what, **foreseen):
        (score,) = ask(server, {only_input(server): rows}).values()
    return score


def expect_predictions(make, base):
    model = make()
    called, version = published(model, base, what=f"a {make.__name__} model")
    expect.same(version, 1, called=called, idea="")
    with served(base, called, UNTRACKED) as server:
        seen = scores(server, ROWS[1:2], called)
    truth = model(ROWS[1:2], training=False)
    expect.value(
        seen,
        truth,
        called=f"what the server predicts, after {called}",
        idea="The graph of one way to call the model is exported: as in training, or not.",
    )


def test_the_server_predicts_as_the_model(tmp_path):
    """The server takes up the version, and predicts as the model does.

    A server has no Python and no Keras: only a graph, and the variables that were saved with it.
    """
    expect_predictions(functional, tmp_path / "fraud")


@pytest.mark.beyond
def test_a_subclassed_model_is_published(tmp_path):
    """A subclassed model is published in the same way.

    It has no `inputs`. What its input is called stands in the signature.
    """
    expect_predictions(subclassed, tmp_path / "fraud")


def test_batches_of_every_size(tmp_path):
    """Batches of every size are served.

    How many rows a request has is up to the client, or to the server that puts requests together.
    """
    model, base = plain(), tmp_path / "fraud"
    called, _ = published(model, base)
    with served(base, called) as server:
        for rows in (ROWS[:2], ROWS[:3]):
            said = f"what the server predicts for {len(rows)} rows, after {called}"
            seen = scores(server, rows, called, ONE_SIZE)
            expect.value(seen, model(rows, training=False), called=said)


def expect_next(base, there, version):
    for name in there:
        (base / name).mkdir(parents=True)
    called, seen = published(plain(), base)
    expect.same(seen, version, called=f"{called}, with {', '.join(there)} in it")
    is_there = (base / str(version) / "saved_model.pb").is_file()
    saved = f"{version}/saved_model.pb"
    expect.that(is_there, called=called, expected=saved, seen="none", idea="")
    gone = [name for name in there if not (base / name).is_dir()]
    said = f"the folders that are gone after {called}"
    expect.same(gone, [], called=said, idea="A server may have an old version loaded, or go back.")


def test_the_next_version_is_the_next_number(tmp_path):
    """The next version is one more than the highest number.

    Names of folders are text, and versions are numbers: 10 comes after 9. Some may be missing.
    """
    base = tmp_path / "fraud"
    expect_next(base, ["2", "10", "9"], 11)
    called, seen = published(plain(), base)
    expect.same(seen, 12, called=f"{called}, again")


@pytest.mark.beyond
def test_other_names_do_not_count(tmp_path):
    """A folder that has no number for a name is no version.

    A server takes digits only. Python's int takes more.
    """
    expect_next(tmp_path / "fraud", ["2", "best", "12-draft", "11.tmp", "1_000", "²"], 3)


def test_a_number_that_is_given_is_taken(tmp_path):
    """A number that is given is the version's number.

    Versions need not be in a row. Many teams use a date. One that was left out may come later, and
    0 is a number, too.
    """
    base = tmp_path / "models" / "fraud"
    for number in (20261126, 20261125, 0):
        called, version = published(plain(), base, version=number)
        expect.same(version, number, called=called)
    there = sorted(name for name in os.listdir(base) if name.isdecimal())
    want = ["0", "20261125", "20261126"]
    expect.same(there, want, called=f"the versions that are there after {called}")


def contents(folder):
    files = [file for file in sorted(folder.rglob("*")) if file.is_file()]
    return {str(f.relative_to(folder)): hashlib.sha256(f.read_bytes()).hexdigest() for f in files}


def expect_unchanged(before, after, called):
    """Two contents of a folder have the same files with the same bytes."""
    changed = {file for file, _ in before.items() ^ after.items()}
    expect.same(sorted(changed), [], called=called)


def test_a_version_is_never_overwritten(tmp_path):
    """A version that is there is refused, and stays as it is.

    A server that has it loaded would go on with the old one. A rollback would find the new one.
    Its name alone makes a folder a version.
    """
    base = tmp_path / "fraud"
    (base / "1" / "variables").mkdir(parents=True)
    (base / "1" / "saved_model.pb").write_text("the graph that is served")
    (base / "2").mkdir()
    before = contents(base)
    for version, what in ((1, "a version 1"), (2, "a folder 2, with nothing in it")):
        called = f"publish(model, 'fraud', 1 row, version={version}), though there is {what}"
        refused = partial(publish, plain(), base, ROWS[:1], version=version)
        expect.raises(refused, FileExistsError, called=called)
    expect_unchanged(
        before, contents(base), called=f"the files that are new, changed or gone after {called}"
    )


@contextlib.contextmanager
def on_another_disk(tmp_path):
    """A folder on another file system than the one for temporary files, if there is one."""
    memory = Path("/dev/shm")
    if not os.access(memory, os.W_OK) or memory.stat().st_dev == tmp_path.stat().st_dev:
        yield tmp_path
        return
    folder = Path(tempfile.mkdtemp(prefix="q07-", dir=memory))
    try:
        yield folder
    finally:
        shutil.rmtree(folder)


@pytest.mark.skipif(sys.platform != "linux", reason="watches a folder with Linux's inotify")
def test_a_version_appears_complete(tmp_path, monkeypatch):
    """A version appears with everything in it, at one moment.

    A server may look at any moment. It loads half a model if half of it is there.
    """
    with on_another_disk(tmp_path) as folder:
        base = folder / "fraud"
        base.mkdir()
        rows, at_once = Rows(base), contents_at_the_move(monkeypatch)
        with Watch(base) as watch:
            called, _ = published(plain(), base, rows)
        in_the_end = contents(base / "1")
    numbered = [(name, how) for name, how in watch.seen if name.isdecimal()]
    expect.that(
        numbered == [("1", "complete")],
        called=f"folders with a number for a name, during {called}",
        expected="1, complete when it appeared",
        seen=", ".join(f"{name}, {how} when it appeared" for name, how in numbered) or "none",
    )
    expect.same(sorted(rows.early), [], called=f"versions without their warm-up, during {called}")
    said = f"the files of version 1 that came or changed after its name, during {called}"
    expect_unchanged(at_once.get("1", in_the_end), in_the_end, called=said)


def contents_at_the_move(monkeypatch):
    """By number, what a folder has in it when Python moves it there, or links to it."""
    moved = {}

    def move(name, original, source, target, *args, **options):
        number = os.path.basename(os.fsdecode(target))
        if number.isdecimal():
            # What a link says is meant from where the link is.
            where = os.path.dirname(os.fsdecode(target)) if name == "symlink" else ""
            moved[number] = contents(Path(where, os.fsdecode(source)))
        return original(source, target, *args, **options)

    for name in ("rename", "replace", "symlink"):
        monkeypatch.setattr(os, name, partial(move, name, getattr(os, name)))
    return moved


class Rows(list):
    """Rows that note which versions are there while they are read."""

    def __init__(self, base):
        super().__init__(ROWS)
        self.base, self.early = base, set()

    def __iter__(self):
        for row in super().__iter__():
            self.early |= {name for name in os.listdir(self.base) if name.isdecimal()}
            yield row


class QueryError(BaseException):
    """What a warm-up query may raise; as KeyboardInterrupt, it is no Exception."""


def broken():
    yield ROWS[0]
    raise QueryError("the query for warm-up rows broke off")


def interrupted(*args, **options):
    raise QueryError("Ctrl-C, at the move")


class Untraceable(Scorer):
    """A model of which no graph can be made, once it is built."""

    def call(self, x):
        if self.built and not tf.executing_eagerly():
            raise QueryError("Ctrl-C, while the graph is traced")
        return super().call(x)


@pytest.mark.beyond
@pytest.mark.parametrize("breaks", ["the rows", "the model", "the move"])
def test_nothing_is_left_of_a_failure(tmp_path, monkeypatch, breaks):
    """When something goes wrong, the folder has in it what it had.

    What is left half done fills the disk, try by try. Ctrl-C counts, too, and is no Exception.
    """
    base = tmp_path / "fraud"
    (base / "1").mkdir(parents=True)
    model, rows = plain(), broken()
    called = "publish(model, 'fraud', rows that break off)"
    if breaks == "the model":
        model, rows = Untraceable(), iter(ROWS)
        model(ROWS)
        called = "publish(a model that raises when it is traced, 'fraud', 4 rows)"
    if breaks == "the move":
        rows, called = iter(ROWS), "publish(model, 'fraud', 4 rows), with Ctrl-C at the move"
        for name in ("rename", "replace", "symlink"):
            monkeypatch.setattr(os, name, interrupted)
        with expect.works(called), contextlib.suppress(QueryError):  # if there is such a move
            publish(model, base, rows)
    else:
        expect.raises(lambda: publish(model, base, rows), QueryError, called=called, idea="")
    there = sorted(name for name in os.listdir(base) if (name, breaks) != ("2", "the move"))
    expect.same(there, ["1"], called=f"what is in the folder after {called}")


def replayed(base, called):
    """How many requests the server replays, and the input of each one in the file."""
    with served(base, called) as server:
        name = only_input(server)
    servable = Servable(base / "1")
    servable.close()
    file = str(base / "1" / "assets.extra" / "tf_serving_warmup_requests")
    records = tf.data.TFRecordDataset(file).as_numpy_iterator() if servable.warmed else []
    requests = [PredictionLog.FromString(record).predict_log.request for record in records]
    empty = sum(name not in request.inputs for request in requests)
    said = f"records without a request in them, after {called}"
    expect.same(empty, 0, called=said, idea="The server skips a log of a kind that is not set.")
    return servable.warmed, [tf.make_ndarray(request.inputs[name]) for request in requests]


def expect_replays(count, called):
    expect.same(count, len(ROWS), called=f"the requests that are replayed, after {called}")


def test_the_server_replays_the_warm_up(tmp_path):
    """The server replays each row of the warm-up when it loads the version.

    Otherwise the first request of a client pays for what is initialized late. A server looks for
    one file of one kind in one place.
    """
    base = tmp_path / "fraud"
    called, _ = published(plain(), base, ROWS)
    count, sent = replayed(base, called)
    expect_replays(count, called)
    seen = np.stack(sent)
    expect.value(seen, ROWS[:, None], called=f"the inputs that are replayed, after {called}")


@pytest.mark.beyond
def test_rows_are_read_once(tmp_path):
    """The rows may come from an iterator.

    A query for them gives each row once, and does not know how many there are.
    """
    base, called = tmp_path / "fraud", "publish(model, 'fraud', an iterator of 4 rows)"
    with expect.works(called):
        publish(plain(), base, iter(ROWS))
    count, _ = replayed(base, called)
    expect_replays(count, called)


@pytest.mark.beyond
def test_rows_have_the_dtype_of_the_input(tmp_path):
    """The rows have the dtype of the model's input.

    The signature says which dtype that is. Token numbers are int32 or int64, for example, and
    NumPy's own numbers are float64.
    """
    for dtype, other in ("int32", "int64"), ("int64", "int32"), ("float32", "float64"):
        base, rows = tmp_path / dtype / "fraud", np.array([[1, 2, 3], [4, 5, 6]], other)
        layers = [keras.layers.Embedding(10, 2), keras.layers.Flatten(), keras.layers.Dense(1)]
        layers = layers if dtype.startswith("int") else layers[1:]
        model = keras.Sequential([keras.Input([3], dtype=dtype), *layers])
        called, _ = published(model, base, rows, what=f"a model of {dtype}")
        row = rows[:1].astype(dtype)
        with served(base, called, OTHER_DTYPE) as server:
            seen = scores(server, row, called)
        truth = model(row, training=False)
        expect.value(seen, truth, called=f"what the server predicts, after {called}")


@pytest.mark.beyond
def test_a_thousand_rows_and_no_more(tmp_path):
    """1000 rows to warm up with are taken, and no more.

    A server refuses to load a version with 1001.
    """
    base = tmp_path / "fraud"
    published(plain(), base, [ROWS[0]] * 1000)
    file = str(base / "1" / "assets.extra" / "tf_serving_warmup_requests")
    called = "the requests in the file, after publish(model, 'fraud', 1000 rows)"
    with expect.works(called):
        records = next(iter(tf.data.TFRecordDataset(file).batch(2000)))
    expect.same(len(records), 1000, called=called, idea="")
    rows, called = [ROWS[0]] * 1001, "publish(model, 'fraud', 1001 rows)"
    expect.raises(lambda: publish(plain(), base, rows), ValueError, called=called)
