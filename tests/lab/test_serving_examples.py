"""Classify, Regress and MultiInference of the model server in small, by gRPC and by REST.

Each test is a row of docs/serving-conformance.md.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import grpc
import pytest
import tensorflow as tf
from tensorflow_serving.apis.classification_pb2 import ClassificationRequest
from tensorflow_serving.apis.inference_pb2 import MultiInferenceRequest
from tensorflow_serving.apis.input_pb2 import Input
from tensorflow_serving.apis.prediction_log_pb2 import PredictionLog
from tensorflow_serving.apis.regression_pb2 import RegressionRequest

from lab.serving.embedded import EmbeddedServer, RestOptions
from lab.serving.servable import WARM_UP, Servable
from lab.serving.target import one_model
from tests.lab.asking import Http, stubs
from tests.lab.serving_models import save_half

CLASSIFY, REGRESS = "tensorflow/serving/classify", "tensorflow/serving/regress"


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[EmbeddedServer]:
    base = tmp_path_factory.mktemp("half_plus_two")
    save_half(base, 123, 2)
    with EmbeddedServer(one_model(base, "default"), rest=RestOptions()) as server:
        yield server


def two() -> Input:
    made = Input()
    example = made.example_list.examples.add()
    example.features.feature["x"].float_list.value.append(2.0)
    return made


def classification(**spec: Any) -> ClassificationRequest:
    spec = {"name": "default", "signature_name": "classify_x_to_y", **spec}
    return ClassificationRequest(model_spec=spec, input=two())


def regression(**spec: Any) -> RegressionRequest:
    spec = {"name": "default", "signature_name": "regress_x_to_y", **spec}
    return RegressionRequest(model_spec=spec, input=two())


def test_classify(server: EmbeddedServer) -> None:
    with stubs(server) as (prediction, _):
        response = prediction.Classify(classification(), timeout=10)
    (row,) = response.result.classifications
    assert [(c.label, c.score) for c in row.classes] == [("", 3.0)]
    spec = response.model_spec
    assert (spec.name, spec.signature_name, spec.version.value) == (
        "default",
        "classify_x_to_y",
        123,
    )


def test_regress(server: EmbeddedServer) -> None:
    with stubs(server) as (prediction, _):
        response = prediction.Regress(regression(), timeout=10)
    assert [r.value for r in response.result.regressions] == [3.0]
    assert response.model_spec.version.value == 123


def test_a_context_is_common_to_all_examples(server: EmbeddedServer) -> None:
    request = regression()
    request.input.Clear()
    shared = request.input.example_list_with_context
    shared.context.features.feature["x"].float_list.value.append(4.0)
    shared.examples.add()
    shared.examples.add()
    with stubs(server) as (prediction, _):
        response = prediction.Regress(request, timeout=10)
    assert [r.value for r in response.result.regressions] == [4.0, 4.0]


def tasks(*wanted: tuple[str, str]) -> MultiInferenceRequest:
    request = MultiInferenceRequest(input=two())
    for signature, method in wanted:
        task = request.tasks.add(method_name=method)
        task.model_spec.name, task.model_spec.signature_name = "default", signature
    return request


def test_multi_inference(server: EmbeddedServer) -> None:
    request = tasks(("regress_x_to_y", REGRESS), ("classify_x_to_y", CLASSIFY))
    with stubs(server) as (prediction, _):
        one, other = prediction.MultiInference(request, timeout=10).results
    assert one.regression_result.regressions[0].value == 3.0
    assert other.classification_result.classifications[0].classes[0].score == 3.0
    for result, name in ((one, "regress_x_to_y"), (other, "classify_x_to_y")):
        assert (result.model_spec.signature_name, result.model_spec.version.value) == (name, 123)


@pytest.mark.parametrize(
    ("method", "request_", "code"),
    [
        ("Classify", classification(signature_name="no"), "INVALID_ARGUMENT"),
        ("Classify", classification(signature_name=""), "INVALID_ARGUMENT"),
        ("Classify", classification(name="nobody"), "NOT_FOUND"),
        ("Regress", regression(signature_name="classify_x_to_y"), "INVALID_ARGUMENT"),
        ("Regress", RegressionRequest(model_spec=regression().model_spec), "INVALID_ARGUMENT"),
        ("MultiInference", MultiInferenceRequest(), "INVALID_ARGUMENT"),
        ("MultiInference", tasks(("regress_x_to_y", "other")), "UNIMPLEMENTED"),
        ("MultiInference", tasks(*[("regress_x_to_y", REGRESS)] * 2), "INVALID_ARGUMENT"),
    ],
)
def test_what_is_refused(server: EmbeddedServer, method: str, request_: Any, code: str) -> None:
    with stubs(server) as (prediction, _), pytest.raises(grpc.RpcError) as error:
        getattr(prediction, method)(request_, timeout=10)
    assert error.value.code().name == code


@pytest.mark.parametrize(
    ("method", "body", "answer"),
    [
        ("classify", {"examples": [{"x": 2.0}]}, {"results": [[["", 3.0]]]}),
        ("regress", {"examples": [{"x": 2.0}]}, {"results": [3.0]}),
        ("regress", {"examples": [{"x": [1.0]}, {"x": [2.0]}]}, {"results": [2.5, 3.0]}),
        ("regress", {"context": {"x": 4.0}, "examples": [{}, {}]}, {"results": [4.0, 4.0]}),
    ],
)
def test_rest(server: EmbeddedServer, method: str, body: Any, answer: Any) -> None:
    body = {"signature_name": f"{method}_x_to_y", **body}
    with Http(server.url) as http:
        assert http.post(f"/v1/models/default:{method}", body) == (200, answer)


@pytest.mark.parametrize(
    ("body", "sentence"),
    [
        ({}, "key 'examples' is expected"),
        ({"examples": {}}, "list/array"),
        ({"examples": []}, "empty array"),
        ({"examples": [1]}, "Example must be JSON object but got JSON Number"),
        ({"examples": [{"x": None}]}, "unexpected JSON type: Null"),
        ({"examples": [{"x": [[1.0]]}]}, "unexpected JSON type: Array"),
        ({"examples": [{"x": {"b64": 5}}]}, "unexpected JSON type: Object"),
        ({"examples": [{"x": {"b64": "%"}}]}, "Unable to base64 decode"),
        ({"examples": [{"x": [1.0, 2]}]}, "Unexpected element type in feature: x"),
        ({"examples": [{"x": 2**63}]}, "Only int64_t is supported"),
        ({"examples": [{"x": 1}]}, "x"),  # int64, where the model has floats
    ],
)
def test_rest_refuses(server: EmbeddedServer, body: Any, sentence: str) -> None:
    body = {"signature_name": "regress_x_to_y", **body}
    with Http(server.url) as http:
        code, answer = http.post("/v1/models/default:regress", body)
    assert code == 400
    assert sentence in answer["error"]


def test_a_warm_up_may_classify_and_regress(tmp_path: Any) -> None:
    save_half(tmp_path, 1, 2)
    logs = (
        PredictionLog(classify_log={"request": classification()}),
        PredictionLog(regress_log={"request": regression()}),
        PredictionLog(multi_inference_log={"request": tasks(("regress_x_to_y", REGRESS))}),
        PredictionLog(),
    )
    (tmp_path / "1" / WARM_UP).parent.mkdir()
    with tf.io.TFRecordWriter(str(tmp_path / "1" / WARM_UP)) as writer:
        for log in logs:
            writer.write(log.SerializeToString())
    servable = Servable(tmp_path / "1", replays=2)
    servable.close()
    assert servable.warmed == 4
