import socket
import threading
from contextlib import contextmanager, nullcontext
from functools import partial

import grpc
import numpy as np
import pytest
from tensorflow_serving.apis.prediction_service_pb2_grpc import PredictionServiceStub

from dojo import expect
from katas.q07.client import predict, predict_rest
from lab.scoring import save
from lab.serving.embedded import FOR_TESTS, EmbeddedServer, RestOptions
from lab.serving.half import HEAD, half_a_server
from lab.serving.target import one_model, real_server

pytestmark = pytest.mark.usefixtures("direct")
ROWS = np.float32([[1, 2, 3], [-1, 0.5, 0]])
SUMS = np.float32([[6], [-0.5]])
OTHER_DTYPE = {
    "idea": "By gRPC nothing is converted. NumPy makes float64 of Python's floats, and the "
    "signature says float32.",
    "when": "float64|double|DOUBLE|int64",
}
UNQUOTED = {
    "idea": "In a URL, a blank, a slash and a question mark mean something else unless they are "
    "quoted.",
    "when": "URL|Malformed|request|(?i:not found)|label",
}
PATIENT = 15.0  # seconds; nothing here takes that long
ODD_NAME, ODD_LABEL = "fraud/new? (50%25)", "blue/green 50%25"


@pytest.fixture
def direct(monkeypatch):
    """What is asked of 127.0.0.1 goes through no proxy."""
    monkeypatch.setenv("no_proxy", "*")


@pytest.fixture(scope="module")
def models(tmp_path_factory):
    """Version n of "fraud" adds n: two have labels, and 3 is the latest. Two more models add 70."""
    fraud, odd = tmp_path_factory.mktemp("fraud"), tmp_path_factory.mktemp("odd")
    for version in (0, 1, 2, 3):
        save(fraud, version, number=version)
    save(odd, 1, number=70)
    config = one_model(fraud, stable=1, **{ODD_LABEL: 2})
    config.model_config_list.config[0].model_version_policy.specific.versions.extend([0, 3])
    config.MergeFrom(one_model(odd, ODD_NAME))
    config.MergeFrom(one_model(odd, "spam"))
    return config


@pytest.fixture(scope="module")
def embedded(models):
    with EmbeddedServer(models, FOR_TESTS, rest=RestOptions()) as server:
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

    By gRPC every array has a dtype. By REST, numbers have none, and come back as Python's.
    """
    ask, name = client
    many = np.repeat(np.float32([[123456, 0.123456, 0.5], [0.12345] * 3]), 150, axis=0)
    whole, arrays = np.int64([[1, 2, 3]]), list(ROWS)
    for rows in (ROWS, ROWS.astype("float64"), ROWS.tolist(), arrays, ROWS[:1], whole, many):
        a_list = "a list of arrays" if rows is arrays else "a list"
        kind = f"{len(rows)} rows as {getattr(rows, 'dtype', a_list)}"
        called = in_words(name, kind, model="spam")
        with expect.works(called, **OTHER_DTYPE):
            seen = ask(rows, model="spam")
        right = np.sum(rows, axis=1, keepdims=True) + 70
        expect.value(seen, right, dtype="float32", called=called, tolerance=1e-6)


def test_the_right_version_answers(client):
    """The version or label that is asked for answers; with neither, the latest version does.

    A label has a place of its own in a request, beside that of a version.
    """
    for asked, answer in (
        ({"version": 2}, 2),
        ({"version": 1}, 1),
        ({"label": "stable"}, 1),
        ({}, 3),
    ):
        answered(client, answer, **asked)


def answered(client, by, foreseen=None, **asked):
    ask, name = client
    called = in_words(name, **{"model": "fraud", **asked})
    with expect.works(called, **(foreseen or {})):
        seen = ask(ROWS, **asked)
    expect.value(seen, SUMS + by, called=f"{called}, where version n adds n")


@pytest.mark.beyond
def test_zero_is_a_version(client):
    """Version 0 answers if it is asked for.

    Python takes 0 for false. Only None means that nothing was asked for.
    """
    answered(client, 0, version=0)


@pytest.mark.beyond
def test_names_may_have_any_characters(client):
    """Names of models and labels may have any characters.

    In a URL, some of them mean something else.
    """
    answered(client, 70, UNQUOTED, model=ODD_NAME)
    answered(client, 2, UNQUOTED, label=ODD_LABEL)


@pytest.mark.beyond
def test_a_version_and_a_label_are_one_too_many(client):
    """A version together with a label is refused.

    A request has room for one of them. The other would be dropped without a word.
    """
    ask, name = client
    for version in (1, 0):
        asked = {"version": version, "label": "stable"}
        called = in_words(name, model="fraud", **asked)
        expect.raises(partial(ask, ROWS, **asked), ValueError, called=called)


def test_what_is_not_there_is_a_lookup_error(client):
    """A model or version that is not there is a LookupError.

    Callers know Python's exceptions. They need not know those of gRPC and HTTP.
    """
    for asked in ({"model": "froud"}, {"version": 9}):
        expect_lookup_error(client, asked)


def expect_lookup_error(client, asked):
    ask, name = client
    called = in_words(name, **{"model": "fraud", **asked})
    expect.raises(partial(ask, ROWS, **asked), LookupError, called=called)


@pytest.mark.beyond
def test_a_label_that_nobody_has_is_a_lookup_error(client):
    """A label that no version has is a LookupError, too.

    The server gives it another status than a version: the one of rows that do not fit.
    """
    expect_lookup_error(client, {"label": "newest"})


def test_rows_that_do_not_fit_are_a_value_error(client):
    """Rows that the server does not take are a ValueError.

    A server does not compare shapes with the signature. An operation of the graph cannot go on,
    here a product of matrices.
    """
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

    A request whose sender has given up need not be computed. Without a deadline, a client of gRPC
    waits for ever.
    """
    called = in_words("predict", model="fraud", timeout=PATIENT)
    with embedded.recording() as received, expect.works(called):
        by_grpc(embedded.target, ROWS, model="fraud", timeout=PATIENT)
    seconds = [seconds for _, seconds in received]
    expect.that(
        all(s is not None and PATIENT / 2 < s < PATIENT + 1 for s in seconds),  # some have passed
        called=f"the deadline that the server was told, {called}",
        expected=f"{PATIENT:g} seconds, or a little less",
        seen=", ".join("none" if s is None else f"{s:.0f} seconds" for s in seconds),
    )
    called, deadlines = in_words("predict", model="fraud"), Deadlines()
    with grpc.insecure_channel(embedded.target) as channel, expect.works(called):
        stub = PredictionServiceStub(grpc.intercept_channel(channel, deadlines))
        predict(stub, ROWS, model="fraud")
    seconds = deadlines.seconds
    expect.that(
        bool(seconds) and all(s is not None and 0 < s <= 0.05 for s in seconds),
        called=f"the timeouts of the calls, {called}",
        expected="0.05 seconds at the most",
        seen=", ".join(map(str, seconds)) or "no call",
    )


@pytest.mark.parametrize("name", list(CLIENTS))
def test_nobody_waits_for_a_slow_server(embedded, name):
    """An answer that does not come in time is a TimeoutError.

    Who waits for this client has a limit, too.
    """
    ask, address = CLIENTS[name]
    server = getattr(embedded, address)
    for options in ({"timeout": 0.2}, {}):
        asked = in_words(name, model="fraud", **options)
        called = f"{asked}, of a server that takes 0.7 seconds"
        call = partial(ask, server, ROWS, model="fraud", **options)
        with slow(embedded):
            expect.raises(call, TimeoutError, called=called)


@contextmanager
def slow(server):
    """A server that takes 0.7 seconds for an answer."""
    ready = threading.Timer(0.7, server.open.set)
    with server.hold():
        ready.start()
        try:
            yield
        finally:
            ready.cancel()


@pytest.mark.beyond
def test_half_an_answer_is_none():
    """An answer that breaks off half-way is a TimeoutError, too.

    A limit for the first word is none for the rest.
    """
    called = in_words("predict_rest", model="fraud", timeout=0.2)
    called = f"{called}, of a server that is silent after half an answer"
    with half_a_server(HEAD + b'{"predictions":', hangs_up=False) as (url, _):
        call = partial(by_rest, url, ROWS, model="fraud", timeout=0.2)
        expect.raises(call, TimeoutError, called=called)


def test_a_slow_answer_is_waited_for(embedded):
    """An answer that is slow, but comes within the timeout, is taken.

    The caller says how long it can wait. By REST, nobody but the client knows.
    """
    asked = in_words("predict_rest", model="fraud", timeout=PATIENT)
    called = f"{asked}, of a server that takes 0.7 seconds"
    with slow(embedded), expect.works(called):
        seen = by_rest(embedded.url, ROWS, model="fraud", timeout=PATIENT)
    expect.value(seen, SUMS + 3, called=called)


@pytest.mark.beyond
@pytest.mark.parametrize("name", list(CLIENTS))
def test_one_request_is_sent(embedded, name):
    """A call sends one request, and no other one after it.

    Each request is work for the server. When the time is up, none is left for another try. A server
    that is going down is not helped by more requests.
    """
    ask, address = CLIENTS[name]
    many = np.repeat(ROWS, 100, axis=0)
    for kind, how, asked in (
        ("is well", nullcontext, {"timeout": PATIENT}),
        ("does not have the label", nullcontext, {"label": "newest", "timeout": PATIENT}),
        ("is slow", embedded.hold, {"timeout": 0.2}),
        ("is UNAVAILABLE", embedded.refuse, {"timeout": 0.2}),
    ):
        called = f"{in_words(name, '200 rows', model='fraud', **asked)}, of a server that {kind}"
        with how(), embedded.recording() as received:
            survive(partial(ask, getattr(embedded, address), many, model="fraud", **asked))
        expect_one(received, called)
    if name == "predict_rest":
        called = f"{in_words(name, model='fraud', timeout=PATIENT)}, of a server that hangs up"
        with half_a_server(b"", hangs_up=True) as (url, received):
            survive(partial(by_rest, url, ROWS, model="fraud", timeout=PATIENT))
        expect_one(received, called)


def survive(call):
    """Which exception comes is the question of other tests."""
    try:
        call()
    except NotImplementedError:
        raise
    except Exception:
        pass


def expect_one(received, called):
    expect.that(
        len(received) <= 1,
        called=f"what the server got by {called}",
        expected="one request",
        seen=f"{len(received)} requests",
    )


@pytest.mark.parametrize("name", list(CLIENTS))
def test_without_a_server_there_is_no_connection(name):
    """Without a server, it is a ConnectionError.

    Nobody is there to wait for. The caller may ask another server at once.
    """
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
