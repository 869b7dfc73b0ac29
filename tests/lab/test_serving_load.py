"""The model server in small under load, as a process of its own: no request is lost."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import grpc
import numpy as np
import pytest
import tensorflow as tf
from tensorflow_serving.apis.model_service_pb2_grpc import ModelServiceStub
from tensorflow_serving.apis.predict_pb2 import PredictRequest
from tensorflow_serving.apis.prediction_service_pb2_grpc import PredictionServiceStub

from solutions.q07.rollout import promote
from tests.lab.asking import Http
from tests.lab.serving_models import save_half
from tests.lab.serving_process import Process, process

pytestmark = pytest.mark.timeout(120)
MODELS = """
model_config_list {{ config {{
  name: "half" base_path: "{base}" model_platform: "tensorflow"
  model_version_policy {{ specific {{ versions: 1 }} }}
  version_labels {{ key: "stable" value: 1 }}
}} }}
"""


@pytest.fixture
def server(tmp_path: Path) -> Iterator[Process]:
    base = tmp_path / "half"
    for version in (1, 2):
        save_half(base, version, version)
    (tmp_path / "models").write_text(MODELS.format(base=base))
    flags = ["--allow_version_labels_for_unavailable_models=true"]
    with process(f"--model_config_file={tmp_path / 'models'}", *flags) as started:
        yield started


@pytest.fixture
def base(tmp_path: Path) -> Path:
    return tmp_path / "half"


def request(label: str = "") -> PredictRequest:
    made = PredictRequest()
    made.model_spec.name = "half"
    if label:
        made.model_spec.version_label = label
    made.inputs["x"].CopyFrom(tf.make_tensor_proto(np.float32([2])))
    return made


def by_grpc(server: Process) -> Any:
    with grpc.insecure_channel(server.target) as channel:
        answer = PredictionServiceStub(channel).Predict(request(), timeout=60)
    return list(answer.outputs["y"].float_val)


def by_rest(server: Process) -> Any:
    with Http(server.url) as http:
        http.connection.timeout = 60
        return http.post("/v1/models/half:predict", {"inputs": [2.0]})[1]["outputs"]


@pytest.mark.parametrize("ask", [by_grpc, by_rest])
def test_200_requests_at_once(server: Process, ask: Callable[[Process], Any]) -> None:
    """Each over a connection of its own, begun at the same moment."""
    together = threading.Barrier(200)

    def one(_: int) -> Any:
        together.wait(60)
        return ask(server)

    with ThreadPoolExecutor(200) as threads:
        assert list(threads.map(one, range(200))) == [[2.0]] * 200


@contextmanager
def asked_all_the_time(server: Process) -> Iterator[list[str]]:
    """Requests for the label stable, by two clients; the list has what went wrong."""
    wrong, end = list[str](), threading.Event()

    def client() -> None:
        with grpc.insecure_channel(server.target) as channel:
            stub = PredictionServiceStub(channel)
            while not end.is_set():
                try:
                    stub.Predict(request("stable"), timeout=30)
                except grpc.RpcError as error:
                    wrong.append(f"{error.code()}: {error.details()}")

    with ThreadPoolExecutor() as threads:
        for _ in range(2):
            threads.submit(client)
        try:
            yield wrong
        finally:
            end.set()


def promoted(server: Process, base: Path, times: int) -> None:
    """Versions 1 and 2 take turns."""
    from google.protobuf import text_format

    from lab.serving.messages import ModelServerConfig

    text = MODELS.format(base=base)
    with grpc.insecure_channel(server.target) as channel:
        stub = ModelServiceStub(channel)
        for turn in range(times):
            old, new = (1, 2) if turn % 2 == 0 else (2, 1)
            config = text_format.Parse(
                text.replace("versions: 1", f"versions: {old}").replace(
                    "value: 1", f"value: {old}"
                ),
                ModelServerConfig(),
            )
            promote(stub, config, "half", new, lambda: time.sleep(0.02))


def test_promotions_under_load(server: Process, base: Path) -> None:
    with asked_all_the_time(server) as wrong:
        promoted(server, base, 3)
    assert wrong == []


@pytest.mark.whole
@pytest.mark.timeout(400)
def test_50_promotions_under_load(server: Process, base: Path) -> None:
    with asked_all_the_time(server) as wrong:
        promoted(server, base, 50)
    assert wrong == []


@pytest.mark.whole
@pytest.mark.timeout(400)
def test_memory_does_not_grow(server: Process) -> None:
    """54,000 requests: thirty a second for half an hour."""

    def many(count: int) -> None:
        with grpc.insecure_channel(server.target) as channel, Http(server.url) as http:
            stub = PredictionServiceStub(channel)
            for index in range(count):
                if index % 10:
                    stub.Predict(request(), timeout=30)
                else:
                    http.post("/v1/models/half:predict", {"inputs": [2.0]})

    def at_once(count: int) -> None:
        with ThreadPoolExecutor(4) as threads:
            list(threads.map(many, [count // 4] * 4))

    at_once(6_000)
    before = server.memory()
    at_once(54_000)
    assert server.memory() - before < 15 * 2**20
