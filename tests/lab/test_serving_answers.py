"""How the model server in small answers, by gRPC and by REST.

Each test is a row of docs/serving-conformance.md. What a request and its answer look like is from
the public documentation and source of TensorFlow Serving.
"""

from __future__ import annotations

import base64
import gzip
import json
import math
import socket
import threading
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import grpc
import numpy as np
import pytest
import tensorflow as tf
from tensorflow.core.framework.tensor_pb2 import TensorProto
from tensorflow_serving.apis.get_model_metadata_pb2 import GetModelMetadataRequest, SignatureDefMap
from tensorflow_serving.apis.get_model_status_pb2 import GetModelStatusRequest
from tensorflow_serving.apis.predict_pb2 import PredictRequest, PredictResponse

from lab.serving.embedded import FOR_TESTS, EmbeddedServer, RestOptions
from lab.serving.messages import MonitoringConfig
from lab.serving.target import one_model
from tests.lab.asking import Http, stubs
from tests.lab.serving_models import Echo, Wait, save, save_half

MONITORING = MonitoringConfig(prometheus_config={"enable": True})


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[EmbeddedServer]:
    """Has half_plus_two (version 123), half_plus_three with labels, echo and wait."""
    base = tmp_path_factory.mktemp("models")
    save_half(base / "two", "00000123", 2)
    save_half(base / "three", 1, 3)
    save(Echo(), "echo", base / "echo")
    save(Wait(), "count", base / "wait")
    config = one_model(base / "two", "half_plus_two")
    config.MergeFrom(one_model(base / "three", "half_plus_three", stable=1))
    config.MergeFrom(one_model(base / "echo", "echo"))
    config.MergeFrom(one_model(base / "wait", "wait"))
    rest = RestOptions(seconds=1)
    with EmbeddedServer(config, FOR_TESTS, rest=rest, monitoring=MONITORING) as server:
        yield server


@pytest.fixture
def http_(server: EmbeddedServer) -> Iterator[Http]:
    with Http(server.url) as connection:
        yield connection


def predict(server: EmbeddedServer, model: str = "half_plus_two", **inputs: Any) -> PredictResponse:
    request = PredictRequest()
    request.model_spec.name = model
    for name, value in inputs.items():
        is_proto = isinstance(value, TensorProto)
        request.inputs[name].CopyFrom(value if is_proto else tf.make_tensor_proto(value))
    with stubs(server) as (prediction, _):
        return prediction.Predict(request, timeout=10)


def test_there_is_no_profiler_service(server: EmbeddedServer) -> None:
    with grpc.insecure_channel(server.target) as channel:
        profile = channel.unary_unary("/tensorflow.ProfilerService/Profile")
        with pytest.raises(grpc.RpcError) as error:
            profile(b"", timeout=10)
    assert code_of(error) is grpc.StatusCode.UNIMPLEMENTED


def code_of(error: pytest.ExceptionInfo[grpc.RpcError]) -> grpc.StatusCode:
    return error.value.code()


@pytest.mark.parametrize("x", [np.float32([2, 4]), np.float32([[2], [4]]), np.float32(2)])
def test_grpc_fills_float_val_for_every_shape(server: EmbeddedServer, x: np.ndarray) -> None:
    output = predict(server, x=x).outputs["y"]
    assert list(output.float_val) == (np.ravel(x) / 2 + 2).tolist()
    assert [dim.size for dim in output.tensor_shape.dim] == list(x.shape)
    assert not output.tensor_content


def test_grpc_fills_the_field_of_each_dtype(server: EmbeddedServer) -> None:
    outputs = predict(
        server, "echo", text=[b"a", b"\xff"], numbers=np.int32([[1, 2], [3, 4]])
    ).outputs
    assert list(outputs["said"].string_val) == [b"a", b"\xff"]
    assert list(outputs["sum"].int_val) == [3, 7]


def test_grpc_names_the_version_and_the_signature(server: EmbeddedServer) -> None:
    spec = predict(server, x=np.float32([2])).model_spec
    assert (spec.name, spec.version.value, spec.signature_name) == (
        "half_plus_two",
        123,
        "serving_default",
    )


def test_a_width_that_no_op_minds_is_computed(server: EmbeddedServer) -> None:
    """The declared shape is (None, 1)."""
    assert list(predict(server, x=np.float32([[2, 4, 6]])).outputs["y"].float_val) == [3, 4, 5]


def test_another_dtype_is_refused_by_the_runtime(server: EmbeddedServer) -> None:
    with pytest.raises(grpc.RpcError) as error:
        predict(server, x=np.float64([2]))
    assert code_of(error) is grpc.StatusCode.INVALID_ARGUMENT
    assert "to be float but double is provided" in error.value.details()


@pytest.mark.parametrize(
    "proto",
    [
        TensorProto(dtype=1, tensor_content=b"abc", tensor_shape={"dim": [{"size": 2}]}),
        TensorProto(),
    ],
)
def test_a_bad_tensor_gets_no_word_of_python(server: EmbeddedServer, proto: TensorProto) -> None:
    with pytest.raises(grpc.RpcError) as error:
        predict(server, x=proto)
    assert code_of(error) is grpc.StatusCode.INVALID_ARGUMENT
    assert "Exception" not in error.value.details()


@pytest.mark.parametrize(
    ("change", "code"),
    [
        (lambda r: r.model_spec.ClearField("name"), "INVALID_ARGUMENT"),
        (lambda r: setattr(r.model_spec, "name", "nobody"), "NOT_FOUND"),
        (lambda r: setattr(r.model_spec.version, "value", 7), "NOT_FOUND"),
        (lambda r: setattr(r.model_spec, "version_label", "old"), "INVALID_ARGUMENT"),
        (lambda r: setattr(r.model_spec, "signature_name", "no"), "FAILED_PRECONDITION"),
        (lambda r: r.inputs.clear(), "INVALID_ARGUMENT"),
        (lambda r: r.inputs["z"].CopyFrom(r.inputs["x"]), "INVALID_ARGUMENT"),
        (lambda r: r.output_filter.append("z"), "INVALID_ARGUMENT"),
        (lambda r: r.output_filter.extend(["y", "y"]), "INVALID_ARGUMENT"),
    ],
)
def test_grpc_refuses(server: EmbeddedServer, change: Any, code: str) -> None:
    request = PredictRequest()
    request.model_spec.name = "half_plus_two"
    request.inputs["x"].CopyFrom(tf.make_tensor_proto(np.float32([2])))
    change(request)
    with stubs(server) as (prediction, _), pytest.raises(grpc.RpcError) as error:
        prediction.Predict(request, timeout=10)
    assert code_of(error).name == code


def test_grpc_takes_and_gives_more_than_4_mb(server: EmbeddedServer) -> None:
    """The server's limit is the largest int32; that of a client's channel is 4 MB by default."""
    many = np.zeros(2_000_000, "float32")
    request = PredictRequest()
    request.model_spec.name = "half_plus_two"
    request.inputs["x"].CopyFrom(tf.make_tensor_proto(many))
    with stubs(server) as (prediction, _), pytest.raises(grpc.RpcError) as error:
        prediction.Predict(request, timeout=20)
    assert code_of(error) is grpc.StatusCode.RESOURCE_EXHAUSTED
    with stubs(server, ("grpc.max_receive_message_length", -1)) as (prediction, _):
        output = prediction.Predict(request, timeout=20).outputs["y"]
    assert len(output.float_val) == len(many)


def test_grpc_gives_up_at_the_deadline_and_goes_on(server: EmbeddedServer) -> None:
    request = PredictRequest()
    request.model_spec.name = "wait"
    request.inputs["n"].CopyFrom(tf.make_tensor_proto(np.int64([10**12])))
    with stubs(server) as (prediction, _):
        for _ in range(40):  # more than there are threads
            with pytest.raises(grpc.RpcError) as error:
                prediction.Predict(request, timeout=0.05)
            assert code_of(error) is grpc.StatusCode.DEADLINE_EXCEEDED
    assert predict(server, x=np.float32([2])).outputs["y"].float_val[0] == 3


def test_metadata_as_documented(server: EmbeddedServer) -> None:
    request = GetModelMetadataRequest(metadata_field=["signature_def"])
    request.model_spec.name = "half_plus_two"
    with stubs(server) as (prediction, _):
        response = prediction.GetModelMetadata(request, timeout=10)
        assert response.model_spec.version.value == 123
        assert list(response.metadata) == ["signature_def"]
        found = SignatureDefMap()
        response.metadata["signature_def"].Unpack(found)
        assert "classify_x_to_y" in found.signature_def
        for fields in ([], ["signature_def", "other"]):
            request.metadata_field[:] = fields
            with pytest.raises(grpc.RpcError) as error:
                prediction.GetModelMetadata(request, timeout=10)
            assert code_of(error) is grpc.StatusCode.INVALID_ARGUMENT
        with pytest.raises(grpc.RpcError) as error:
            prediction.GetModelMetadata(GetModelMetadataRequest(), timeout=10)
        assert code_of(error) is grpc.StatusCode.INVALID_ARGUMENT


def test_status_by_grpc(server: EmbeddedServer) -> None:
    request = GetModelStatusRequest()
    with stubs(server) as (_, models):
        with pytest.raises(grpc.RpcError) as error:
            models.GetModelStatus(request, timeout=10)
        assert code_of(error) is grpc.StatusCode.INVALID_ARGUMENT
        request.model_spec.name = "half_plus_two"
        (status,) = models.GetModelStatus(request, timeout=10).model_version_status
        assert (status.version, status.state, status.status.error_code) == (123, 30, 0)


# The documented examples of the REST API.


@pytest.mark.parametrize(
    ("model", "body", "answer"),
    [
        ("half_plus_two", {"instances": [1.0, 2.0, 5.0]}, {"predictions": [2.5, 3.0, 4.5]}),
        ("half_plus_three", {"instances": [1.0, 2.0, 5.0]}, {"predictions": [3.5, 4.0, 5.5]}),
        ("half_plus_two", {"inputs": [2.0, 3.0, 4.0]}, {"outputs": [3.0, 3.5, 4.0]}),
        ("half_plus_two", {"instances": [[[1]], [[3]]]}, {"predictions": [[[2.5]], [[3.5]]]}),
        ("half_plus_two", {"instances": [{"x": 1.0}]}, {"predictions": [2.5]}),
        ("half_plus_two", {"inputs": {"x": 1.0, "more": 2}}, {"outputs": 2.5}),
        ("half_plus_two", {"instances": [1.0], "signature_name": ""}, {"predictions": [2.5]}),
        ("half_plus_two", {"instances": [1.0], "anything": 1}, {"predictions": [2.5]}),
        ("half_plus_three/labels/stable", {"instances": [1.0]}, {"predictions": [3.5]}),
        ("half_plus_three/versions/1", {"instances": [1.0]}, {"predictions": [3.5]}),
        (
            "echo",
            {"instances": [{"text": "foo", "numbers": [1, 2]}, {"text": "bar", "numbers": [3, 4]}]},
            {"predictions": [
                {"said": "foo", "said_bytes": {"b64": "Zm9v"}, "sum": 3},
                {"said": "bar", "said_bytes": {"b64": "YmFy"}, "sum": 7},
            ]},
        ),
        (
            "echo",
            {"inputs": {"text": [{"b64": "Zm9v"}], "numbers": [[1, 2]]}},
            {"outputs": {"said": ["foo"], "said_bytes": [{"b64": "Zm9v"}], "sum": [3]}},
        ),
    ],
)  # fmt: skip
def test_rest_predicts(http_: Http, model: str, body: Any, answer: Any) -> None:
    assert http_.post(f"/v1/models/{model}:predict", body) == (200, answer)


def test_rest_status(http_: Http) -> None:
    status = {"error_code": "OK", "error_message": ""}
    version = {"version": "123", "state": "AVAILABLE", "status": status}
    assert http_.get("/v1/models/half_plus_two") == (200, {"model_version_status": [version]})
    assert http_.get("/v1/models/half_plus_two/versions/123")[0] == 200
    assert http_.get("/v1/models/half_plus_two/versions/4")[0] == 404


def test_rest_metadata(http_: Http) -> None:
    code, found = http_.get("/v1/models/half_plus_two/metadata")
    assert (code, found["model_spec"]) == (
        200,
        {"name": "half_plus_two", "signature_name": "", "version": "123"},
    )
    signatures = found["metadata"]["signature_def"]["signature_def"]
    x = signatures["serving_default"]["inputs"]["x"]
    assert x["dtype"] == "DT_FLOAT"
    assert [dim["size"] for dim in x["tensor_shape"]["dim"]] == ["-1", "1"]


@pytest.mark.parametrize(
    ("body", "sentence"),
    [
        (b"", "The document is empty"),
        (b"{", "JSON Parse error"),
        (b"[1]", "not object"),
        ({}, "Missing 'inputs' or 'instances' key"),
        ({"instances": [1.0], "inputs": [1.0]}, "expecting only one of"),
        ({"instances": 1.0}, "list/array"),
        ({"instances": []}, "No values"),
        ({"instances": [[1.0, 2.0], [3.0]]}, "Expecting shape [2] but got: [1]"),
        ({"instances": ["1"]}, 'JSON Value: "1" Type: String is not of expected type: float'),
        ({"instances": [{"x": 1.0}, 2.0]}, "Expecting object but got list at item 1"),
        ({"instances": [{"z": 1.0}]}, "does not have named input: z"),
        ({"inputs": {"z": 1.0}}, "Missing named input: x"),
        ({"inputs": [[1.0, 2.0], [3.0]]}, "unexpected size"),
        ({"inputs": [1.0, [2.0]]}, "unexpected level"),
        ({"instances": [1.0], "signature_name": 5}, "must be a string value"),
        ({"instances": [1.0], "signature_name": None}, "must be a string value"),
        ({"instances": [1.0], "signature_name": "no"}, '"no" not found in signature def'),
        ({"instances": [{"b64": 5}]}, "does not have named input: b64"),
        ({"instances": [{"b64": "AA=="}]}, "not of expected type: float"),
        ({"instances": [True]}, "Type: True"),
        ({"instances": [None]}, "Type: Null"),
        (b'{"instances": [1' + b"0" * 400 + b"]}", "too big"),
        (b'{"instances": ' + b"[" * 100_000 + b"1" + b"]" * 100_000 + b"}", "JSON Parse error"),
        (b'{"instances": ["\\ud800"]}', "expected type: float"),
        (b'{"signature_name": "\\ud800", "instances": [1]}', "surrogate"),
    ],
    ids=range(25),
)  # fmt: skip
def test_rest_refuses_a_body(http_: Http, body: Any, sentence: str) -> None:
    code, answer = http_.post("/v1/models/half_plus_two:predict", body)
    assert code == 400
    assert sentence in answer["error"]
    assert http_.get("/v1/models/half_plus_two")[0] == 200  # over the same connection


@pytest.mark.parametrize(
    ("numbers", "text", "sentence"),
    [
        ([[2**31]], ["a"], "is not of expected type: int32"),
        ([[1.0]], ["a"], "is not of expected type: int32"),
        ([[1]], [{"b64": "%%"}], "Unable to base64 decode"),
        ([[1]], [{"b64": 5}], "not formatted correctly for base64 data"),
        ([[1]], [{"other": "a"}], "not formatted correctly for base64 data"),
        ([[1]], [1], "is not of expected type: string"),
    ],
)
def test_rest_refuses_values(http_: Http, numbers: Any, text: Any, sentence: str) -> None:
    inputs = {"numbers": numbers, "text": text}
    code, answer = http_.post("/v1/models/echo:predict", {"inputs": inputs})
    assert code == 400
    assert sentence in answer["error"]


@pytest.mark.parametrize(
    ("method", "path", "code"),
    [
        ("POST", "/v1/models/nobody:predict", 404),
        ("POST", "/v1/models/half_plus_three/labels/old:predict", 400),
        ("POST", "/v1/models/half_plus_two/versions/99999999999999999999:predict", 400),
        ("POST", "/v1/models/half_plus_two:guess", 400),
        ("POST", "/v1/models/half_plus_two", 400),
        ("POST", "/v1/models/half_plus_two:predict?key=1", 400),
        ("GET", "/v1/models/half_plus_two:predict", 400),
        ("GET", "/v1/models", 400),
        ("GET", "/v1/models/nobody", 404),
        ("PUT", "/v1/models/half_plus_two:predict", 400),
        ("DELETE", "/v1/models/half_plus_two", 400),
        ("PATCH", "/v1/models/half_plus_two", 400),
    ],
)
def test_rest_refuses_a_path(http_: Http, method: str, path: str, code: int) -> None:
    seen, answer = http_.ask(method, path, {"instances": [1.0]})
    assert seen == code
    assert set(answer) == {"error"}


def test_the_documented_error(http_: Http) -> None:
    seen = http_.post("/v1/models/half:predict", {"instances": [1.0, 5.0]})
    assert seen == (404, {"error": "Servable not found for request: Latest(half)"})


@pytest.mark.parametrize("path", ["/", "/v2/models/half_plus_two", "/statuspage"])
def test_outside_of_v1_nothing_is_found(http_: Http, path: str) -> None:
    http_.connection.request("GET", path)
    response = http_.connection.getresponse()
    response.read()
    assert response.status == 404


def test_options_want_an_origin(http_: Http) -> None:
    for headers, code in (({"Origin": "http://a.example"}, 200), ({}, 400)):
        http_.connection.request("OPTIONS", "/v1/models/half_plus_two:predict", headers=headers)
        response = http_.connection.getresponse()
        assert response.read() == b""
        assert response.status == code
        assert response.headers["Access-Control-Allow-Origin"] is None


def test_cors_by_flag(tmp_path: Path) -> None:
    save_half(tmp_path, 1, 2)
    rest = RestOptions(cors=True)
    with EmbeddedServer(one_model(tmp_path, "two"), rest=rest) as server, Http(server.url) as http_:
        http_.connection.request("GET", "/v1/models/two")
        headers = http_.connection.getresponse().headers
    assert headers["Access-Control-Allow-Origin"] == "*"
    assert headers["Access-Control-Allow-Methods"] == "POST, GET"
    assert headers["Access-Control-Allow-Headers"] == "Content-Type"


def test_a_connection_stays_open(http_: Http) -> None:
    http_.post("/v1/models/half_plus_two:predict", {"instances": [1.0]})
    before = http_.connection.sock
    code, _ = http_.post("/v1/models/half_plus_two:predict", b"{")
    assert code == 400
    assert http_.connection.sock is before is not None


def test_bodies_in_chunks_and_compressed(http_: Http) -> None:
    path, body = "/v1/models/half_plus_two:predict", b'{"instances": [1.0]}'
    http_.connection.request("POST", path, iter([body[:5], body[5:]]), encode_chunked=True)
    assert json.load(http_.connection.getresponse()) == {"predictions": [2.5]}
    headers = {"Content-Encoding": "gzip"}
    http_.connection.request("POST", path, gzip.compress(body), headers)
    assert json.load(http_.connection.getresponse()) == {"predictions": [2.5]}
    http_.connection.request("POST", path, b"no gzip", headers)
    response = http_.connection.getresponse()
    assert (response.status, "empty" in json.load(response)["error"]) == (400, True)


def test_text_after_the_json_and_a_mark_before_it(http_: Http) -> None:
    for body in (b'{"instances": [1.0]} and more', b'\xef\xbb\xbf{"instances": [1.0]}'):
        assert http_.post("/v1/models/half_plus_two:predict", body)[0] == 200


def test_numbers_as_short_as_can_be(http_: Http) -> None:
    sent = "[0.1, 1e30, 9000000, 1234567, -0.5, NaN, Infinity, -Infinity, 1e999]"
    body = f'{{"instances": {sent}}}'.encode()
    http_.connection.request("POST", "/v1/models/half_plus_two:predict", body)
    text = http_.connection.getresponse().read().decode()
    shown = "[2.05, 5e+29, 4500002.0, 617285.5, 1.75, NaN, Infinity, -Infinity, Infinity]"
    assert text == f'{{\n    "predictions": {shown}\n}}'
    assert math.isnan(json.loads(text)["predictions"][5])


def test_bytes_that_are_no_utf_8_come_back_as_they_were(http_: Http) -> None:
    body = b'{"inputs": {"text": ["\xff"], "numbers": [[1]]}}'
    http_.connection.request("POST", "/v1/models/echo:predict", body)
    answer = http_.connection.getresponse().read()
    assert b'"said": ["\xff"]' in answer
    assert base64.b64encode(b"\xff") in answer


def test_rest_gives_up_in_time(http_: Http) -> None:
    code, answer = http_.post("/v1/models/wait:predict", {"inputs": [10**12]})
    assert code == 504
    assert answer["error"]


@pytest.mark.parametrize("length", ["many", "-1", "5, 6"])
def test_a_length_that_is_none_is_a_bad_request(server: EmbeddedServer, length: str) -> None:
    head = f"POST /v1/models/half_plus_two:predict HTTP/1.1\r\nContent-Length: {length}\r\n\r\n"
    assert raw(server, head.encode()).startswith(b"HTTP/1.1 400 ")


def raw(server: EmbeddedServer, sent: bytes) -> bytes:
    host, _, port = server.url.removeprefix("http://").partition(":")
    with socket.create_connection((host, int(port)), timeout=10) as connection:
        connection.sendall(sent)
        return connection.recv(1000)


def test_half_a_body_holds_no_thread(server: EmbeddedServer, http_: Http) -> None:
    host, _, port = server.url.removeprefix("http://").partition(":")
    head = b"POST /v1/models/half_plus_two:predict HTTP/1.1\r\nContent-Length: 99\r\n\r\n{"
    before = threading.active_count()
    waiting = [socket.create_connection((host, int(port))) for _ in range(50)]
    for connection in waiting:
        connection.sendall(head)
    assert http_.post("/v1/models/half_plus_two:predict", {"instances": [1.0]})[0] == 200
    assert threading.active_count() <= before + 1
    for connection in waiting:
        connection.close()


def test_metrics_count_all_traffic(server: EmbeddedServer, http_: Http) -> None:
    def counted(model: str, status: str) -> int:
        http_.connection.request("GET", "/monitoring/prometheus/metrics")
        page = http_.connection.getresponse().read().decode()
        assert "# TYPE :tensorflow:serving:request_count counter" in page
        assert "# TYPE :tensorflow:serving:request_latency histogram" in page
        start = f':tensorflow:serving:request_count{{model_name="{model}",status="{status}"}} '
        return sum(int(line.removeprefix(start)) for line in page.splitlines() if start in line)

    before = counted("half_plus_two", "OK"), counted("nobody", "NOT_FOUND")
    predict(server, x=np.float32([2]))
    http_.post("/v1/models/half_plus_two:predict", {"instances": [1.0]})
    http_.get("/v1/models/half_plus_two")
    http_.post("/v1/models/nobody:predict", {"instances": [1.0]})
    with pytest.raises(grpc.RpcError):
        predict(server, "nobody", x=np.float32([2]))
    after = counted("half_plus_two", "OK"), counted("nobody", "NOT_FOUND")
    assert [b - a for a, b in zip(before, after, strict=True)] == [3, 2]
    http_.connection.request("GET", "/monitoring/prometheus/metrics?now")
    response = http_.connection.getresponse()
    response.read()
    assert response.status == 400


def test_metrics_are_off_by_default(tmp_path: Path) -> None:
    save_half(tmp_path, 1, 2)
    config = one_model(tmp_path, "two")
    with EmbeddedServer(config, rest=RestOptions()) as server, Http(server.url) as http_:
        http_.connection.request("GET", "/monitoring/prometheus/metrics")
        assert http_.connection.getresponse().status == 404
