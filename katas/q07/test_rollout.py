import copy
import itertools
from pathlib import Path

import grpc
import numpy as np
import pytest
import tensorflow as tf
from google.protobuf import text_format
from tensorflow_serving.apis.get_model_status_pb2 import GetModelStatusRequest, ModelVersionStatus
from tensorflow_serving.apis.model_service_pb2_grpc import ModelServiceStub
from tensorflow_serving.apis.predict_pb2 import PredictRequest
from tensorflow_serving.apis.prediction_service_pb2_grpc import PredictionServiceStub
from tensorflow_serving.config.model_server_config_pb2 import ModelServerConfig

from dojo import expect
from katas.q07.rollout import PromotionError, promote
from lab.scoring import save
from lab.serving.target import one_model, serving

ROW = np.zeros([1, 3], "float32")
RELOAD = "HandleReloadConfigRequest"
ENOUGH = 60  # questions for a status; whoever asks more often waits for what never comes


@pytest.fixture(scope="module")
def store(tmp_path_factory):
    """Versions 1 and 2 of a model, one that is broken, and another model."""
    fraud, spam = tmp_path_factory.mktemp("fraud"), tmp_path_factory.mktemp("spam")
    for version in (1, 2):
        save(fraud, version, number=version)
    (fraud / "3").mkdir()
    (fraud / "3" / "saved_model.pb").write_bytes(b"half a model")
    save(spam, 5, number=5)
    return fraud, spam


def configuration(store, stable=1):
    """Three models, each with a label "stable"; it is about the one that is called "fraud"."""
    fraud, spam = store
    config = one_model(spam, "spam", stable=5)
    config.MergeFrom(one_model(spam, "cards", stable=5))
    config.MergeFrom(one_model(fraud, "fraud", stable=stable))
    return config


class Client(grpc.UnaryUnaryClientInterceptor):
    """Asks for the label "stable" of "fraud" before and after each call to the ModelService.

    Attributes:
        answered: the versions that answered, in order.
        refused: when a request was refused, and how.
        events: the calls to the ModelService and the pauses, in order.
        configs: the configurations that the server has taken.
    """

    def __init__(self, channel):
        self.predictions = PredictionServiceStub(channel)
        self.models = ModelServiceStub(channel)
        self.stub = ModelServiceStub(grpc.intercept_channel(channel, self))
        self.answered, self.refused, self.events = [], [], []
        self.configs = [ModelServerConfig()]  # none so far

    def intercept_unary_unary(self, continuation, client_call_details, request):
        event = client_call_details.method.rpartition("/")[2]
        self.ask(f"before a {event}")
        self.events.append(event)
        expect.that(
            self.events.count("GetModelStatus") <= ENOUGH,
            called="GetModelStatus, while a version is promoted",
            expected="an end of the waiting",
            seen=f"{ENOUGH} questions, and no end",
        )
        call = continuation(client_call_details, request)
        if event == RELOAD and call.code() is grpc.StatusCode.OK:
            self.configs.append(request.config)
        self.ask(f"after a {event}")
        return call

    def ask(self, when):
        request = PredictRequest()
        request.model_spec.name, request.model_spec.version_label = "fraud", "stable"
        request.inputs["features"].CopyFrom(tf.make_tensor_proto(ROW))
        try:
            score = self.predictions.Predict(request, timeout=15).outputs["score"]
        except grpc.RpcError as error:
            self.refused.append(f"{error.code().name} {when}: {error.details()}")
        else:
            self.answered.append(int(tf.make_ndarray(score)[0, 0]))

    def pause(self):
        self.events.append("pause")

    def loaded(self):
        request = GetModelStatusRequest()
        request.model_spec.name = "fraud"
        found = self.models.GetModelStatus(request, timeout=15).model_version_status
        return sorted(s.version for s in found if s.state == ModelVersionStatus.AVAILABLE)


@pytest.fixture
def live(store):
    """A server with version 1, and a client that goes on asking it."""
    with serving(configuration(store)) as server, grpc.insecure_channel(server.target) as channel:
        yield server, Client(channel)


def in_words(version):
    return f"promote(stub, config, 'fraud', {version}, pause)"


def promoted(client, config, version):
    called = in_words(version)
    with expect.works(called):
        promote(client.stub, config, "fraud", version, client.pause)
    client.ask("at the end")
    return called


def test_stable_is_another_version_in_the_end(live, store):
    """The label is at the new version in the end, and no client was refused on the way.

    A version takes its time to load. A label that is moved before that is refused, and one whose
    version is dropped too early leads nowhere.
    """
    _, client = live
    called = promoted(client, configuration(store), 2)
    expect_no_refusal(client, called)
    expect.same(
        client.answered[-1], 2, called=f"the version that answers for stable, after {called}"
    )


def expect_no_refusal(client, called):
    expect.that(
        not client.refused,
        called=f"a client that asks for the label stable, during {called}",
        expected="an answer every time",
        seen=client.refused[0] if client.refused else "",
    )


def test_the_old_version_is_not_loaded_any_more(live, store):
    """The version that was replaced is unloaded.

    Each version that is loaded has its memory, and a server that keeps all of them runs out of it.
    """
    server, client = live
    called = promoted(client, configuration(store), 2)
    server.poll()
    expect.same(client.loaded(), [2], called=f"the versions that are loaded, after {called}")


def test_an_old_version_comes_back(live, store):
    """A version that was replaced comes back in the same way.

    That is a rollback. The server remembers how it ended the first time; that is not how it ends
    now.
    """
    server, client = live
    promoted(client, configuration(store), 2)
    server.poll()
    client.refused.clear()
    called = promoted(client, configuration(store, stable=2), 1)
    said = f"the version that answers for stable, after promoting 2 and then {called}"
    expect.same(client.answered[-1], 1, called=said)
    expect_no_refusal(client, called)


def test_a_version_that_does_not_load_is_not_promoted(live, store):
    """A version that does not load is told, and the server is back where it was.

    Only the server knows whether a version loads; it says so when it is asked.
    """
    _, client = live
    called = in_words(3)
    given, config = configuration(store), configuration(store)
    expect.raises(
        lambda: promote(client.stub, given, "fraud", 3, client.pause),
        PromotionError,
        called=f"{called}, where 3 is half a model",
    )
    client.ask("at the end")
    expect.same(
        client.answered[-1], 1, called=f"the version that answers for stable, after {called}"
    )
    expect_no_refusal(client, called)
    expect_models(
        client.configs[-1], config, f"the last configuration of the server, after {called}"
    )


def expect_models(seen, want, called):
    """Two configurations say the same; the order of models means nothing."""
    seen, want = lines(seen), lines(want)
    expect.same(sorted(seen), sorted(want), called=f"the models of {called}")
    for name in want:
        expect.same(seen[name], want[name], called=f"{name} in {called}")


def lines(config):
    """What a configuration says about each model, by its name; of a path only the last part."""
    said = {}
    for model in config.model_config_list.config:
        rest = copy.deepcopy(model)
        rest.ClearField("name")
        rest.base_path = Path(model.base_path).name
        said[model.name] = text_format.MessageToString(rest, as_one_line=True)
    return said


def test_nothing_else_changes(live, store):
    """Nothing else changes: neither the other models nor the configuration that was given.

    A reload replaces the whole list of models. What is not in it is gone.
    """
    _, client = live
    config = configuration(store)
    called = promoted(client, config, 2)
    given = f"the config that was given to {called}"
    expect_models(config, configuration(store), given)
    last, want = client.configs[-1], configuration(store, stable=2)
    for model in [m for c in (last, want) for m in c.model_config_list.config]:
        model.ClearField("model_version_policy")  # may say the same in several ways
    expect_models(last, want, f"the last configuration of the server, after {called}")


def test_it_pauses_before_it_asks_again(live, store):
    """It pauses before it asks for a status again.

    To ask without a pause is to take from the server what it needs for its clients.
    """
    _, client = live
    called = promoted(client, configuration(store), 2)
    questions = [event for event in client.events if event != RELOAD]
    pairs = itertools.pairwise(questions)
    hasty = sum(pair == ("GetModelStatus", "GetModelStatus") for pair in pairs)
    expect.same(
        hasty, 0, called=f"times that a status was asked for again without a pause, {called}"
    )
