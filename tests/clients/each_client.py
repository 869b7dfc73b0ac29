"""Real clients of a model server, against the small one as a process of its own.

`nox -s clients` runs these: they need packages that the katas do not.
"""

from __future__ import annotations

import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path

import grpc
import numpy as np
import ovmsclient
import pytest
import requests
import tensorflow as tf
from grpc_health.v1 import health_pb2, health_pb2_grpc
from tensorflow.core.framework import types_pb2
from tensorflow_serving.apis import predict_pb2, prediction_service_pb2_grpc

from tests.lab.serving_models import save_half
from tests.lab.serving_process import Process, process

pytestmark = pytest.mark.timeout(120)


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Process]:
    base: Path = tmp_path_factory.mktemp("half")
    save_half(base, 1, 2)
    flags = [f"--model_base_path={base}", "--model_name=half"]
    with process(*flags, "--enable_grpc_healthcheck_service=true") as started:
        yield started


@pytest.fixture(autouse=True)
def direct(monkeypatch: pytest.MonkeyPatch) -> None:
    """What is asked of 127.0.0.1 goes through no proxy."""
    monkeypatch.setenv("no_proxy", "*")


@pytest.mark.parametrize("kind", ["grpc", "http"])
def test_ovmsclient(server: Process, kind: str) -> None:
    """Unless it is told a version it asks for 0, which means the latest to its own server only."""
    half = {"model_name": "half", "model_version": 1}
    if kind == "grpc":
        client = ovmsclient.make_grpc_client(server.target)
    else:
        client = ovmsclient.make_http_client(server.url.removeprefix("http://"))
    status = client.get_model_status(**half)
    assert status[1]["state"] == "AVAILABLE"
    assert status[1]["error_code"] == 0
    metadata = client.get_model_metadata(**half)
    if kind == "http":  # it reads the spelling of its own server, and hands on the other
        metadata = metadata["metadata"]["signature_def"]["signature_def"]["serving_default"]
    assert metadata["inputs"]["x"]["dtype"] == "DT_FLOAT"
    scores = client.predict(inputs={"x": np.float32([[1], [2]])}, **half)
    np.testing.assert_allclose(scores, [[2.5], [3]])


def test_requests_over_one_connection(server: Process) -> None:
    with requests.Session() as session:
        for _ in range(3):
            url = f"{server.url}/v1/models/half:predict"
            reply = session.post(url, json={"instances": [1.0, 2.0, 5.0]}, timeout=10)
            assert reply.json() == {"predictions": [2.5, 3.0, 4.5]}
        reply = session.post(url, json={"instances": []}, timeout=10)
        assert (reply.status_code, set(reply.json())) == (400, {"error"})
        assert session.options(url, timeout=10, headers={"Origin": "http://a"}).ok


def test_curl(server: Process) -> None:
    if not shutil.which("curl"):
        pytest.skip("There is no curl on PATH")
    url = f"{server.url}/v1/models/half"
    command = ["curl", "-sS", "--fail", "--noproxy", "*"]
    status = subprocess.run([*command, url], capture_output=True, text=True, check=True)
    assert '"state": "AVAILABLE"' in status.stdout
    body = ["--compressed", "-H", "Transfer-Encoding: chunked", "-d", '{"inputs": [2.0]}']
    command = [*command, *body, f"{url}:predict"]
    answer = subprocess.run(command, capture_output=True, text=True, check=True)
    assert answer.stdout == '{\n    "outputs": [3.0]\n}'


def test_the_generated_stubs_as_the_public_examples_use_them(server: Process) -> None:
    request = predict_pb2.PredictRequest()
    request.model_spec.name = "half"
    request.inputs["x"].dtype = types_pb2.DT_FLOAT
    request.inputs["x"].float_val.append(2.0)
    request.output_filter.append("y")
    with grpc.insecure_channel(server.target) as channel:
        stub = prediction_service_pb2_grpc.PredictionServiceStub(channel)
        result = stub.Predict(request, 5.0)
        assert list(result.outputs["y"].float_val) == [3.0]
        request.inputs["x"].CopyFrom(tf.make_tensor_proto(np.float32([[1], [2]])))
        future = stub.Predict.future(request, 5.0)
        assert np.array(future.result().outputs["y"].float_val).tolist() == [2.5, 3.0]


def test_grpcio_health_checking(server: Process) -> None:
    with grpc.insecure_channel(server.target) as channel:
        stub = health_pb2_grpc.HealthStub(channel)
        request = health_pb2.HealthCheckRequest(service="PredictionService")
        assert stub.Check(request, timeout=10).status == health_pb2.HealthCheckResponse.SERVING
