"""The model server in small as a process of its own: its flags, its files, its start and end.

Each test is a row of docs/serving-conformance.md.
"""

from __future__ import annotations

import json
import shutil
import subprocess
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import grpc
import numpy as np
import pytest
import tensorflow as tf
from grpc_health.v1 import health_pb2, health_pb2_grpc
from tensorflow_serving.apis.model_management_pb2 import ReloadConfigRequest
from tensorflow_serving.apis.predict_pb2 import PredictRequest

from lab.serving.target import one_model
from tests.lab.asking import Http, stubs
from tests.lab.serving_models import save_half
from tests.lab.serving_process import COMMAND, Process, process
from tests.toy import ROOT

pytestmark = pytest.mark.timeout(120)
MODEL = 'config {{ name: "{0}" base_path: "{1}" model_platform: "tensorflow" }}'


def models(**folders: Path) -> str:
    return f"model_config_list {{ {' '.join(MODEL.format(*pair) for pair in folders.items())} }}"


def wait_for(is_true: Callable[[], object]) -> None:
    end = time.monotonic() + 20
    while not is_true():
        assert time.monotonic() < end, "waited in vain"
        time.sleep(0.05)


def predict(server: Any, model: str) -> float | str:
    request = PredictRequest()
    request.model_spec.name = model
    request.inputs["x"].CopyFrom(tf.make_tensor_proto(np.float32([2])))
    with stubs(server) as (prediction, _):
        try:
            outputs = prediction.Predict(request, timeout=10).outputs
        except grpc.RpcError as error:
            return error.code().name
    (value,) = outputs["y"].float_val
    return float(value)


def reload(server: Process, **folders: Path) -> None:
    ((name, folder),) = folders.items()
    config = one_model(folder, name)
    with stubs(server) as (_, service):
        service.HandleReloadConfigRequest(ReloadConfigRequest(config=config), timeout=20)


@pytest.fixture
def two(tmp_path: Path) -> Path:
    save_half(tmp_path / "two", "00000123", 2)
    return tmp_path / "two"


@pytest.fixture
def three(tmp_path: Path) -> Path:
    save_half(tmp_path / "three", 1, 3)
    return tmp_path / "three"


def test_one_model_and_many_flags(two: Path, tmp_path: Path) -> None:
    (tmp_path / "monitoring").write_text("prometheus_config { enable: true }")
    (tmp_path / "batching").write_text("max_batch_size { value: 4 }")
    flags = [
        f"--model_base_path={two}",
        f"--grpc_socket_path={tmp_path / 'socket'}",
        f"--monitoring_config_file={tmp_path / 'monitoring'}",
        f"--batching_parameters_file={tmp_path / 'batching'}",
        "--enable_batching",
        "--enable_grpc_healthcheck_service=true",
        "--grpc_channel_arguments=grpc.max_connection_age_ms=2000,grpc.lb_policy_name=grpclb",
        "--rest_api_enable_cors_support=true",
        "--file_system_poll_wait_seconds=0",
        "--no_such_flag",
    ]
    with process(*flags) as server:
        assert server.said[0] == "unknown argument: --no_such_flag"
        assert any(line.startswith("--enable_batching is not") for line in server.said)
        assert predict(server, "default") == 3
        server_by_socket = Process(f"unix:{tmp_path / 'socket'}", "", 0, [])
        assert predict(server_by_socket, "default") == 3
        with grpc.insecure_channel(server.target) as channel:
            health = health_pb2_grpc.HealthStub(channel)
            for service in ("", "ModelService", "PredictionService"):
                request = health_pb2.HealthCheckRequest(service=service)
                assert health.Check(request, timeout=10).status == 1
        with Http(server.url) as http:
            assert http.post("/v1/models/default:predict", {"instances": [1.0, 2.0, 5.0]}) == (
                200,
                {"predictions": [2.5, 3.0, 4.5]},
            )
            http.connection.request("GET", "/monitoring/prometheus/metrics")
            response = http.connection.getresponse()
            assert b"# TYPE" in response.read()
        save_half(two, 124, 9)
        time.sleep(1.5)
        assert predict(server, "default") == 3  # it has looked once, at the start


def test_outputs_are_packed_by_flag(two: Path) -> None:
    request = PredictRequest()
    request.model_spec.name = "half"
    request.inputs["x"].CopyFrom(tf.make_tensor_proto(np.float32([2])))
    flags = [f"--model_base_path={two}", "--model_name=half"]
    with (
        process(*flags, "--enable_serialization_as_tensor_content=true") as server,
        stubs(server) as (prediction, _),
    ):
        output = prediction.Predict(request, timeout=10).outputs["y"]
    assert not output.float_val
    assert tf.make_ndarray(output).tolist() == [3.0]


def test_a_file_of_models(two: Path, three: Path, tmp_path: Path) -> None:
    (tmp_path / "models").write_text(models(half_plus_two=two, half_plus_three=three))
    with process(f"--model_config_file={tmp_path / 'models'}") as server:
        assert predict(server, "half_plus_two") == 3
        assert predict(server, "half_plus_three") == 4
        (tmp_path / "models").write_text(models(half_plus_three=three))
        time.sleep(1.5)
        assert predict(server, "half_plus_two") == 3  # it is read once
        reload(server, half_plus_three=three)
        assert predict(server, "half_plus_two") == "NOT_FOUND"


def test_a_polled_file_undoes_a_reload(two: Path, three: Path, tmp_path: Path) -> None:
    (tmp_path / "models").write_text(models(two=two))
    flags = [f"--model_config_file={tmp_path / 'models'}"]
    with process(*flags, "--model_config_file_poll_wait_seconds=1") as server:
        reload(server, three=three)
        wait_for(lambda: predict(server, "two") == 3)  # though the file has not changed
        assert predict(server, "three") == "NOT_FOUND"
        (tmp_path / "models").write_text(models(three=three))
        wait_for(lambda: predict(server, "three") == 4)
        (tmp_path / "models").write_text("no list of models")
        time.sleep(1.5)
        assert predict(server, "three") == 4


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("improperly formatted file", "Invalid protobuf file for"),
        (models(two=Path("relative")), "absolute path"),
        (models(two=Path("/two")).replace("tensorflow", "other"), "unsupported platform"),
    ],
)
def test_a_bad_file_of_models(text: str, sentence: str, tmp_path: Path) -> None:
    (tmp_path / "models").write_text(text)
    command = [*COMMAND, "--port=1", f"--model_config_file={tmp_path / 'models'}"]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode != 0
    assert sentence in done.stderr
    assert "Traceback" not in done.stderr


def test_a_port_that_is_taken_is_told(two: Path) -> None:
    with process(f"--model_base_path={two}") as server:
        port = server.target.partition(":")[2]
        command = [*COMMAND, f"--port={port}", f"--model_base_path={two}"]
        done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 1
    assert done.stderr.splitlines()[-1].startswith("Failed to start server. Error: ")


def test_its_version() -> None:
    done = subprocess.run([*COMMAND, "--version"], cwd=ROOT, capture_output=True, text=True)
    assert done.returncode == 0
    assert f"TensorFlow Library: {tf.__version__}" in done.stdout


def test_it_answers_curl(two: Path) -> None:
    """The documented call, if there is curl."""
    if not shutil.which("curl"):
        pytest.skip("There is no curl on PATH")
    with process(f"--model_base_path={two}", "--model_name=half_plus_two") as server:
        url = f"{server.url}/v1/models/half_plus_two:predict"
        command = ["curl", "-s", "--noproxy", "*", "-d", '{"instances": [1.0,2.0,5.0]}']
        done = subprocess.run([*command, "-X", "POST", url], capture_output=True, text=True)
    assert json.loads(done.stdout) == {"predictions": [2.5, 3.0, 4.5]}
