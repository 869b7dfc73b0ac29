import contextlib
import hashlib
import itertools
import os
import shutil
import sys
import tempfile
from pathlib import Path

import keras
import numpy as np
import pytest
import tensorflow as tf
from tensorflow_serving.apis.prediction_log_pb2 import PredictionLog

from dojo import expect
from katas.q07.publish import publish
from lab.folders import Watch
from lab.serving.ask import ask, check_loaded, only_input
from lab.serving.servable import Servable
from lab.serving.target import one_model, serving

ROWS = np.float32([[0, 1, 2], [3, -4, 5], [1, 1, 1], [-2, 0, 1]])


class Scorer(keras.Model):
    """A subclassed model."""

    def __init__(self):
        super().__init__()
        self.drop = keras.layers.Dropout(0.5)
        self.dense = keras.layers.Dense(1, activation="sigmoid")

    def call(self, x, training=False):
        return self.dense(self.drop(x, training=training))


def subclassed():
    model = Scorer()
    model(ROWS)
    return model


def functional():
    features = keras.Input([3], name="transaction")
    x = keras.layers.BatchNormalization()(features)
    return keras.Model(features, keras.layers.Dense(1, activation="sigmoid")(x))


def plain():
    return keras.Sequential([keras.Input([3]), keras.layers.Dense(1)])


def published(model, base, warmup=ROWS[:1], what="", **version):
    """The version that publish says it has made, and what was called."""
    given = "".join(f", version={number}" for number in version.values())
    rows = "1 row" if len(warmup) == 1 else f"{len(warmup)} rows"
    called = f"publish({what or 'model'}, {base.name!r}, {rows}{given})"
    with expect.works(called):
        return called, publish(model, base, warmup, **version)


@contextlib.contextmanager
def served(base, called):
    """A server that has taken up what was published."""
    there = sorted(str(p.relative_to(base)) for p in base.glob("[0-9]*/*")) or os.listdir(base)
    expect.that(
        "1/saved_model.pb" in there,
        called=called,
        expected="1/saved_model.pb in the model's folder",
        seen=", ".join(there) or "an empty folder",
    )
    with serving(one_model(base)) as server:
        with expect.works(f"the server, when it loads the version of {called}"):
            check_loaded(server)
        yield server


def scores(server, rows, called):
    with expect.works(f"a request with {len(rows)} rows to the server, after {called}"):
        (score,) = ask(server, {only_input(server): rows}).values()
    return score


@pytest.mark.parametrize("make", [functional, subclassed])
def test_the_server_predicts_as_the_model(tmp_path, make):
    """The server takes up the version, and predicts as the model does.

    A server has no Python and no Keras: only a graph, and the variables that were saved with it.
    """
    model, base = make(), tmp_path / "fraud"
    called, version = published(model, base, what=f"a {make.__name__} model")
    expect.same(version, 1, called=called)
    with served(base, called) as server:
        seen = scores(server, ROWS[1:2], called)
    truth = model(ROWS[1:2], training=False)
    expect.value(seen, truth, called=f"what the server predicts, after {called}")


def test_batches_of_every_size(tmp_path):
    """Batches of every size are served.

    How many rows a request has is up to the client, or to the server that puts requests together.
    """
    model, base = plain(), tmp_path / "fraud"
    called, _ = published(model, base)
    with served(base, called) as server:
        for rows in (ROWS[:2], ROWS[:3]):
            said = f"what the server predicts for {len(rows)} rows, after {called}"
            expect.value(scores(server, rows, called), model(rows, training=False), called=said)


def test_the_next_version_is_the_next_number(tmp_path):
    """The next version is one more than the highest number, whatever else lies there.

    Names of folders are text, versions are numbers: 10 comes after 9.
    """
    base = tmp_path / "fraud"
    for name in ("2", "11", "best", "12-draft", "9", "1_000"):
        (base / name).mkdir(parents=True)
    called, version = published(plain(), base)
    expect.same(version, 12, called=f"{called}, with 2, 9, 11, 12-draft, 1_000 and best in it")
    there = (base / "12" / "saved_model.pb").is_file()
    expect.that(there, called=called, expected="12/saved_model.pb", seen="none")


def test_a_number_that_is_given_is_taken(tmp_path):
    """A number that is given is the version's number."""
    base = tmp_path / "models" / "fraud"
    called, version = published(plain(), base, version=20261126)
    expect.same(version, 20261126, called=called)
    there = [name for name in os.listdir(base) if name.isdecimal()]
    expect.same(there, ["20261126"], called=f"the versions that are there after {called}")


def contents(folder):
    files = [file for file in sorted(folder.rglob("*")) if file.is_file()]
    return {str(f.relative_to(folder)): hashlib.sha256(f.read_bytes()).hexdigest() for f in files}


def test_a_version_is_never_overwritten(tmp_path):
    """A version that is there is refused, and stays as it is.

    A server that has it loaded would go on with the old one, and a rollback would find the new.
    """
    base = tmp_path / "fraud"
    (base / "1" / "variables").mkdir(parents=True)
    (base / "1" / "saved_model.pb").write_text("the graph that is served")
    before = contents(base)
    called = "publish(model, 'fraud', 1 row, version=1), though there is a version 1"
    expect.raises(
        lambda: publish(plain(), base, ROWS[:1], version=1), FileExistsError, called=called
    )
    changed = sorted(f for f, digest in contents(base).items() if before.get(f) != digest)
    expect.same(changed, [], called=f"the files that are new or changed after {called}")


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
def test_a_version_appears_complete(tmp_path):
    """A version appears with everything in it, at one moment.

    A server that looks between the moments when a folder is made and when it is full loads half a
    model.
    """
    with on_another_disk(tmp_path) as folder:
        base = folder / "fraud"
        base.mkdir()
        with Watch(base) as watch:
            called, _ = published(plain(), base, ROWS)
    numbered = [(name, how) for name, how in watch.seen if name.isdecimal()]
    expect.that(
        numbered == [("1", "complete")],
        called=f"folders with a number for a name, during {called}",
        expected="1, complete when it appeared",
        seen=", ".join(f"{name}, {how} when it appeared" for name, how in numbered) or "none",
    )


class QueryError(BaseException):
    """What a warm-up query may raise; as KeyboardInterrupt, it is no Exception."""


def broken():
    yield ROWS[0]
    raise QueryError("the query for warm-up rows broke off")


@pytest.mark.parametrize(
    ("warmup", "error"),
    [(broken, QueryError), (lambda: itertools.repeat(ROWS[0], 1001), ValueError)],
    ids=["a query that breaks off", "1001 rows"],
)
def test_nothing_is_left_of_a_failure(tmp_path, warmup, error):
    """When something goes wrong, the folder has in it what it had.

    What is left half done is a version to the server, or fills the disk, try by try.
    """
    base = tmp_path / "fraud"
    (base / "1").mkdir(parents=True)
    rows = "1001 rows" if error is ValueError else "rows that break off"
    called = f"publish(model, 'fraud', {rows})"
    expect.raises(lambda: publish(plain(), base, warmup()), error, called=called)
    there = sorted(os.listdir(base))
    expect.same(there, ["1"], called=f"what is in the folder after {called}")


def test_the_server_replays_the_warm_up(tmp_path):
    """The server replays each row of the warm-up when it loads the version.

    Otherwise the first request of a client pays for what is initialized late. A server that cannot
    read the file does not load the version at all.
    """
    base, early = tmp_path / "fraud", set()

    def rows():
        for row in ROWS:
            early.update(path.name for path in base.glob("*") if path.name.isdecimal())
            yield row

    called = "publish(model, 'fraud', rows as they are made)"
    with expect.works(called):
        publish(plain(), base, rows())
    what = f"the versions that were there before their warm-up, {called}"
    expect.same(sorted(early), [], called=what)
    with served(base, called) as server:
        name = only_input(server)
    servable = Servable(base / "1")
    servable.close()
    expect.same(servable.warmed, len(ROWS), called=f"the requests that are replayed, {called}")
    file = str(base / "1" / "assets.extra" / "tf_serving_warmup_requests")
    records = tf.data.TFRecordDataset(file).as_numpy_iterator()
    requests = [PredictionLog.FromString(record).predict_log.request for record in records]
    sent = np.stack([tf.make_ndarray(request.inputs[name]) for request in requests])
    expect.value(sent, ROWS[:, None], called=f"the inputs that are replayed, {called}")


def test_a_thousand_rows_are_not_too_many(tmp_path):
    """1000 rows to warm up with are taken."""
    base = tmp_path / "fraud"
    published(plain(), base, [ROWS[0]] * 1000)
    file = str(base / "1" / "assets.extra" / "tf_serving_warmup_requests")
    with expect.works("reading the warm-up file, after publish(model, …, 1000 rows)"):
        records = next(iter(tf.data.TFRecordDataset(file).batch(2000)))
    called = "the requests in the file, after publish(model, …, 1000 rows)"
    expect.same(len(records), 1000, called=called)
