import socket
from contextlib import nullcontext
from functools import partial

import grpc
import numpy as np
import pytest
from tensorflow_serving.apis.prediction_service_pb2_grpc import PredictionServiceStub

from dojo import expect
from katas.q07.client import predict, predict_rest
from lab.scoring import save
from lab.serving.embedded import EmbeddedServer
from lab.serving.target import one_model, real_server

pytestmark = pytest.mark.usefixtures("direct")
ROWS = np.float32([[1, 2, 3], [-1, 0.5, 0]])
SUMS = np.float32([[6], [-0.5]])
PATIENT = 15.0  # seconds; nothing here takes that long
ODD_NAME, ODD_LABEL = "fraud/new? (50 %)", "blue/green 50 %"


@pytest.fixture
def direct(monkeypatch):
    """What is asked of 127.0.0.1 goes through no proxy."""
    monkeypatch.setenv("no_proxy", "*")


@pytest.fixture(scope="module")
def models(tmp_path_factory):
    """Version n of the model adds n: two have labels, and 3 is the latest. And one more model."""
    fraud, odd = tmp_path_factory.mktemp("fraud"), tmp_path_factory.mktemp("odd")
    for version in (1, 2, 3):
        save(fraud, version, number=version)
    save(odd, 1, number=70)
    config = one_model(fraud, stable=1, **{ODD_LABEL: 2})
    config.model_config_list.config[0].model_version_policy.specific.versions.append(3)
    config.MergeFrom(one_model(odd, ODD_NAME))
    return config


@pytest.fixture(scope="module")
def embedded(models):
    with EmbeddedServer(models, labels_for_unavailable=True) as server:
        yield server


def by_grpc(target, rows, **options):
    with grpc.insecure_channel(target) as channel:
        return predict(PredictionServiceStub(channel), rows, **options)


def by_rest(url, rows, **options):
    return predict_rest(url, rows, **options)


CLIENTS = {"predict": (by_grpc, "target"), "predict_rest": (by_rest, "url")}


@pytest.fixture(params=list(CLIENTS))
def client(request, models):
    """A function that asks a server, by gRPC or by REST, and what to call it in messages."""
    ask, address = CLIENTS[request.param]
    real = real_server(models, rest=address == "url")
    with real or nullcontext(request.getfixturevalue("embedded")) as server:

        def asked(rows, model="fraud", **options):
            options = {"model": model, **options}
            return ask(getattr(server, address), rows, timeout=PATIENT, **options)

        yield asked, request.param


def in_words(name, rows="rows", **options):
    where = "stub" if name == "predict" else "url"
    given = "".join(f", {key}={value!r}" for key, value in options.items())
    return f"{name}({where}, {rows}{given})"


def test_scores_come_back(client):
    """Scores come back as float32, one for each row, whatever holds the rows.

    By gRPC nothing is converted: a dtype that the signature does not name is refused. By REST,
    numbers have no dtype, and come back as Python's.
    """
    ask, name = client
    many = np.repeat(np.float32([[123456, 0.123456, 0.5]]), 300, axis=0)
    for rows in (ROWS, ROWS.astype("float64"), ROWS.tolist(), ROWS[:1], many):
        kind = f"{len(rows)} rows as {getattr(rows, 'dtype', 'a list')}"
        called = in_words(name, kind, model="fraud")
        with expect.works(called):
            seen = ask(rows)
        right = np.sum(rows, axis=1, keepdims=True) + 3
        expect.value(seen, right, dtype="float32", called=called, tolerance=1e-6)


def test_a_version_is_asked_for(client):
    """A version that is asked for answers; without one, the latest."""
    for asked, answer in (({"version": 2}, 2), ({"version": 1}, 1), ({}, 3)):
        answered(client, answer, **asked)


def answered(client, by, **asked):
    ask, name = client
    called = in_words(name, model="fraud", **asked)
    with expect.works(called):
        seen = ask(ROWS, **asked)
    expect.value(seen, SUMS + by, called=f"{called}, where version n adds n")


def test_a_label_is_asked_for(client):
    """The version that has a label answers.

    A label is no number of a version, and has a place of its own in a request. It may have any
    characters; in a URL, some of them mean something else.
    """
    for label, version in (("stable", 1), (ODD_LABEL, 2)):
        answered(client, version, label=label)


def test_a_name_may_have_any_characters(client):
    """The name of a model may have any characters, too."""
    ask, name = client
    called = in_words(name, model=ODD_NAME)
    with expect.works(called):
        seen = ask(ROWS, model=ODD_NAME)
    expect.value(seen, SUMS + 70, called=called)


def test_a_version_and_a_label_are_one_too_many(client):
    """A version and a label at once are refused.

    In a request there is room for one: the other would be dropped without a word.
    """
    ask, name = client
    asked = {"version": 1, "label": "stable"}
    called = in_words(name, model="fraud", **asked)
    expect.raises(lambda: ask(ROWS, **asked), ValueError, called=called)


def test_what_is_not_there_is_a_lookup_error(client):
    """A model, version or label that is not there is a LookupError.

    The server does not have one status for all three.
    """
    ask, name = client
    for asked in ({"model": "froud"}, {"version": 9}, {"label": "newest"}):
        called = in_words(name, **{"model": "fraud", **asked})
        expect.raises(partial(ask, ROWS, **asked), LookupError, called=called)


def test_rows_that_do_not_fit_are_a_value_error(client):
    """Rows that the server does not take are a ValueError."""
    ask, name = client
    for asked in ({}, {"label": "stable"}):
        called = in_words(name, "rows with 2 features instead of 3", model="fraud", **asked)
        expect.raises(partial(ask, ROWS[:, :2], **asked), ValueError, called=called)


class Deadlines(grpc.UnaryUnaryClientInterceptor):
    """Notes the timeout of each call."""

    def __init__(self):
        self.seconds = []

    def intercept_unary_unary(self, continuation, client_call_details, request):
        self.seconds.append(client_call_details.timeout)
        return continuation(client_call_details._replace(timeout=PATIENT), request)


def test_the_server_knows_the_deadline(embedded):
    """The server is told how long the client waits.

    A request whose sender has given up need not be computed. Without a deadline, a client waits
    for ever, and so does whoever waits for the client.
    """
    called = in_words("predict", model="fraud", timeout=PATIENT)
    embedded.received.clear()
    with expect.works(called):
        by_grpc(embedded.target, ROWS, model="fraud", timeout=PATIENT)
    seconds = [seconds for _, seconds in embedded.received]
    expect.that(
        all(s is not None and 0 < s < PATIENT + 1 for s in seconds),  # gRPC rounds up
        called=f"the deadline that the server was told, {called}",
        expected=f"{PATIENT:g} seconds at the most",
        seen=", ".join("none" if s is None else f"{s:.0f} seconds" for s in seconds),
    )
    called, deadlines = in_words("predict", model="fraud"), Deadlines()
    with grpc.insecure_channel(embedded.target) as channel, expect.works(called):
        stub = PredictionServiceStub(grpc.intercept_channel(channel, deadlines))
        predict(stub, ROWS, model="fraud")
    seconds = deadlines.seconds
    expect.that(
        len(seconds) == 1 and seconds[0] is not None and 0 < seconds[0] <= 0.05,
        called=f"the timeouts of the calls, {called}",
        expected="one of 0.05 seconds at the most",
        seen=", ".join(map(str, seconds)) or "no call",
    )


@pytest.mark.parametrize("name", list(CLIENTS))
def test_nobody_waits_for_a_slow_server(embedded, name):
    """An answer that does not come in time is a TimeoutError."""
    ask, address = CLIENTS[name]
    server = getattr(embedded, address)
    for options in ({"timeout": 0.2}, {}):
        called = f"{in_words(name, model='fraud', **options)}, of a server that is slow"
        with embedded.hold():
            expect.raises(
                lambda options=options: ask(server, ROWS, model="fraud", **options),
                TimeoutError,
                called=called,
            )


@pytest.mark.parametrize("name", list(CLIENTS))
def test_without_a_server_there_is_no_connection(name):
    """Without a server, it is a ConnectionError."""
    ask, address = CLIENTS[name]
    with socket.socket() as nobody:  # has the port, and answers no one
        nobody.bind(("127.0.0.1", 0))
        target = f"127.0.0.1:{nobody.getsockname()[1]}"
        where = target if address == "target" else f"http://{target}"
        called = f"{in_words(name, model='fraud')}, where no server is"
        expect.raises(
            lambda: ask(where, ROWS, model="fraud", timeout=2),
            ConnectionError,
            called=called,
        )
