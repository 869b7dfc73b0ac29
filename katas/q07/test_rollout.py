import copy
import itertools
import time

import grpc
import numpy as np
import pytest
import tensorflow as tf
from tensorflow_serving.apis.get_model_status_pb2 import GetModelStatusRequest, ModelVersionStatus
from tensorflow_serving.apis.model_management_pb2 import ReloadConfigRequest
from tensorflow_serving.apis.model_service_pb2_grpc import ModelServiceStub
from tensorflow_serving.apis.predict_pb2 import PredictRequest
from tensorflow_serving.apis.prediction_service_pb2_grpc import PredictionServiceStub
from tensorflow_serving.config.model_server_config_pb2 import ModelServerConfig

from dojo import expect
from katas.q07.rollout import PromotionError, promote
from lab.scoring import QUICK, save
from lab.serving.embedded import EmbeddedServer
from lab.serving.target import one_model, real_server

ROW = np.zeros([1, 3], "float32")
RELOAD, STATUS = "HandleReloadConfigRequest", "GetModelStatus"
ENOUGH = {True: 6, False: 90}  # seconds, of the embedded server and of a real one


@pytest.fixture(scope="module")
def store(tmp_path_factory):
    """Versions 1, 2 and 4 of a model, one that is broken, and another model."""
    fraud, spam = tmp_path_factory.mktemp("fraud"), tmp_path_factory.mktemp("spam")
    for version in (1, 2, 4):
        save(fraud, version, number=version)
    (fraud / "3").mkdir()
    (fraud / "3" / "saved_model.pb").write_bytes(b"half a model")
    for version in (1, 5):
        save(spam, version, number=version)
    return fraud, spam


def configuration(store, stable=1):
    """Three models, two with a label "stable"; it is about the one that is called "fraud".

    The requests of each are logged, one in a hundred.
    """
    fraud, spam = store
    config = one_model(spam, "spam", stable=1)
    config.MergeFrom(one_model(fraud, "fraud", stable=stable))
    config.MergeFrom(one_model(spam, "fraud-cards", best=5))
    for model in config.model_config_list.config:
        model.logging_config.sampling_config.sampling_rate = 0.01
    return config


def without_logs(config):
    """The public build of the server keeps no logs, and refuses a configuration of them."""
    plain = copy.deepcopy(config)
    for model in plain.model_config_list.config:
        model.ClearField("logging_config")
    return plain


class Client(grpc.UnaryUnaryClientInterceptor):
    """Asks for the label "stable" of "fraud" before and after each call to the ModelService.

    An embedded server is so quick that it could be done before anybody asks. So it looks for
    versions, and has them loaded, only when a status has been asked for as often as `looks` says.

    It keeps the versions that answered, refusals, calls to the ModelService with the pauses between
    them, and the configurations that the server has taken.
    """

    def __init__(self, server, channel):
        self.server, self.is_embedded = server, isinstance(server, EmbeddedServer)
        self.end, self.asked = self.later(), 0
        self.looks = 3, 5
        self.predictions = PredictionServiceStub(channel)
        self.models = ModelServiceStub(channel)
        self.stub = ModelServiceStub(grpc.intercept_channel(channel, self))
        self.answered, self.refused, self.events = [], [], []
        self.configs = [ModelServerConfig()]  # none so far

    def later(self):
        return time.monotonic() + ENOUGH[self.is_embedded]

    def intercept_unary_unary(self, continuation, client_call_details, request):
        event = client_call_details.method.rpartition("/")[2]
        self.ask()
        self.events.append(event)
        expect.that(
            time.monotonic() < self.end,
            called=f"{event}, while a version is promoted",
            expected="an end of the waiting",
            seen=f"{ENOUGH[self.is_embedded]} seconds, and no end",
            idea="",
        )
        call = self.reload if event == RELOAD else self.status
        answer = call(continuation, client_call_details, request)
        self.ask()
        return answer

    def reload(self, continuation, details, request):
        self.asked = 0
        self.let_go()
        answer = continuation(details, ReloadConfigRequest(config=without_logs(request.config)))
        if answer.code() is grpc.StatusCode.OK:
            self.configs.append(request.config)
        return answer

    def status(self, continuation, details, request):
        answer = continuation(details, request)
        answer.code()  # waits for it
        self.asked += 1
        self.let_go()
        return answer

    def let_go(self, everything=False):
        """Have an embedded server go on as far as the questions for a status have come."""
        if self.is_embedded:
            events = self.server.may_look, self.server.may_load
            for least, event in zip(self.looks, events, strict=True):
                event.set() if everything or self.asked >= least else event.clear()

    def ask(self):
        request = PredictRequest()
        request.model_spec.name, request.model_spec.version_label = "fraud", "stable"
        request.inputs["features"].CopyFrom(tf.make_tensor_proto(ROW))
        try:
            score = self.predictions.Predict(request, timeout=15).outputs["score"]
        except grpc.RpcError as error:
            self.refused.append(f"{error.code().name}: {error.details()}")
        else:
            self.answered.append(int(tf.make_ndarray(score)[0, 0]))

    def pause(self):
        self.events.append("pause")
        time.sleep(0.01 if self.is_embedded else 0.2)

    def settle(self):
        """Wait until the server has done all that follows from its configuration."""
        self.let_go(everything=True)
        self.server.poll()

    def loaded(self):
        request = GetModelStatusRequest()
        request.model_spec.name = "fraud"
        found = self.models.GetModelStatus(request, timeout=15).model_version_status
        return sorted(s.version for s in found if s.state == ModelVersionStatus.AVAILABLE)


@pytest.fixture
def client(store):
    """Goes on asking a server that has version 1."""
    config = without_logs(configuration(store))
    server = real_server(config) or EmbeddedServer(config, QUICK)
    with server, grpc.insecure_channel(server.target) as channel:
        yield Client(server, channel)


def in_words(version):
    return f"promote(stub, config, 'fraud', {version}, pause)"


NOT_YET = {
    "idea": "A version takes its time to load. The server does not know it at first, and gives it "
    "a label only when it is there.",
    "when": "of model fraud,|Could not find version",
}
UNLOADED = {
    "idea": "A version that was unloaded earlier is at END, too. It has no error.",
    "when": "PromotionError",
}


ANOTHER_FAILED = {
    "idea": "Version 3 has failed before, and is at END with an error. It says nothing about 2.",
    "when": "PromotionError",
}


def promoted(client, config, version, foreseen=NOT_YET):
    called, client.end = in_words(version), client.later()
    with expect.works(called, **foreseen):
        promote(client.stub, config, "fraud", version, client.pause)
    client.ask()
    return called


def test_stable_is_another_version_in_the_end(client, store):
    """The label is at the new version in the end, and no client was refused on the way.

    The last configuration decides. A version needs the label in it. Some take long to load.
    """
    client.looks = 3, 25
    called = promoted(client, configuration(store), 2)
    client.settle()
    client.ask()
    expect_no_refusal(client, called)
    seen = client.answered[-1]
    expect.same(seen, 2, called=f"the version that answers for stable, after {called}")


def expect_no_refusal(client, called):
    expect.that(
        not client.refused,
        called=f"a client that asks for the label stable, during {called}",
        expected="an answer every time",
        seen=client.refused[0] if client.refused else "",
        idea="At every moment, the label has to be at a version that is loaded.",
    )


def test_the_old_version_is_not_loaded_any_more(client, store):
    """The version that was replaced is unloaded.

    Each version that is loaded takes memory. A server that keeps all of them runs out of it.
    """
    for version, stable in (4, 1), (2, 4):
        called = promoted(client, configuration(store, stable), version)
        client.settle()
        said = f"the versions that are loaded, after {called} from {stable}"
        expect.same(client.loaded(), [version], called=said)


@pytest.mark.beyond
def test_an_old_version_comes_back(client, store):
    """A version that was replaced comes back in the same way.

    That is a rollback. The server remembers how the version ended the first time: without an error.
    """
    promoted(client, configuration(store), 2)
    client.settle()
    client.refused.clear()
    called = promoted(client, configuration(store, stable=2), 1, UNLOADED)
    said = f"the version that answers for stable, after promoting 2 and then {called}"
    expect.same(client.answered[-1], 1, called=said)
    expect_no_refusal(client, called)


def test_a_version_that_does_not_load_is_told(client, store):
    """A version that does not load is a PromotionError.

    Only the server knows whether a version loads. It says so when it is asked.
    """
    config = configuration(store)
    expect.raises(
        lambda: promote(client.stub, config, "fraud", 3, client.pause),
        PromotionError,
        called=f"{in_words(3)}, where 3 is half a model",
    )


@pytest.mark.beyond
def test_after_a_failure_all_is_as_it_was(client, store):
    """After a version that did not load, the server is back where it was.

    Otherwise it tries the broken version again whenever it restarts.
    """
    called = f"{in_words(3)}, where 3 is half a model"
    try:
        promote(client.stub, configuration(store), "fraud", 3, client.pause)
    except (NotImplementedError, AssertionError):
        raise
    except Exception as error:  # which one it is, another test sees
        called = f"{called} ({type(error).__name__})"
    client.ask()
    seen = client.answered[-1]
    expect.same(seen, 1, called=f"the version that answers for stable, after {called}")
    expect_no_refusal(client, called)
    last = f"the last configuration of the server, after {called}"
    expect_models(client.configs[-1], configuration(store), last)
    promoted(client, configuration(store), 2, ANOTHER_FAILED)


MADE = "To read a label that is not there from a map of protobuf makes one, of version 0."


def expect_models(seen, want, called):
    """Two configurations say the same; the order of models means nothing."""
    seen, want = lines(seen), lines(want)
    expect.same(sorted(seen), sorted(want), called=f"the models of {called}")
    for name in want:
        for field in sorted(want[name] | seen[name]):
            got, expected = (said[name].get(field, "nothing") for said in (seen, want))
            idea = MADE if field == "version_labels" and "': 0" in got else None
            expect.same(got, expected, called=f"{field} of {name} in {called}", idea=idea)


def lines(config):
    """What a configuration says about each model, by its name and field."""
    return {
        model.name: {
            field.name: in_one_line(value)
            for field, value in model.ListFields()
            if field.name != "name"
        }
        for model in config.model_config_list.config
    }


def in_one_line(value):
    """A field as text; a map of protobuf has no order of its own."""
    is_map = hasattr(value, "items")
    return " ".join(str(dict(sorted(value.items())) if is_map else value).split())


def expect_always(client, store, models, called):
    """Some of the models are the same in all configurations that the server has had.

    Of "fraud", versions are left out, since a policy may say the same in several ways. So is the
    label that moves.
    """
    want = settings(configuration(store), models)
    for number, config in enumerate(client.configs[1:], start=1):
        place = f"configuration {number} of {len(client.configs) - 1}"
        expect_models(settings(config, models), want, f"{place} of the server, in {called}")


def settings(config, models):
    result = ModelServerConfig()
    kept = [m for m in config.model_config_list.config if m.name in models]
    result.model_config_list.config.extend(kept)
    for model in result.model_config_list.config:
        if model.name == "fraud":
            model.ClearField("model_version_policy")
            model.version_labels.pop("stable", None)
    return result


def test_other_models_stay(client, store):
    """Other models stay as they are.

    A reload replaces the whole list of models, and all that it says of each. A model that is not in
    it is gone.
    """
    called = promoted(client, configuration(store), 2)
    expect_always(client, store, {"spam", "fraud-cards"}, called)


@pytest.mark.beyond
def test_other_settings_of_the_model_stay(client, store):
    """The other settings of the model stay as they are.

    A model has more settings than this function knows of. A copy has all of them.
    """
    called = promoted(client, configuration(store), 2)
    expect_always(client, store, {"fraud"}, called)


@pytest.mark.beyond
def test_the_config_is_not_changed(client, store):
    """The configuration that was given is not changed.

    The caller may need it to go back.
    """
    config = configuration(store)
    called = promoted(client, config, 2)
    expect_models(config, configuration(store), f"the config that was given to {called}")


def test_it_pauses_before_it_asks_again(client, store):
    """It pauses before it asks for a status again.

    Questions without a pause take from the server what it needs for its clients.
    """
    called = promoted(client, configuration(store), 2)
    questions = [event for event in client.events if event != RELOAD]
    is_hasty = (STATUS, STATUS) in itertools.pairwise(questions)
    expect.that(
        not is_hasty,
        called=f"the questions for a status, during {called}",
        expected="a pause before each but the first",
        seen="two of them without a pause between",
    )
