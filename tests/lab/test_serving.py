"""The model server in small: what it answers by gRPC and REST, and what it refuses.

What a real server does in the same place is in tests/facts/test_q07.py.
"""

from __future__ import annotations

import json
import subprocess
import sys
import threading
import urllib.error
import urllib.request
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import grpc
import numpy as np
import pytest

from lab.scoring import save
from lab.serving import target
from lab.serving.ask import ask, check_loaded, only_input
from lab.serving.embedded import EmbeddedServer
from lab.serving.errors import RefusedError
from lab.serving.target import one_model
from tests.toy import ROOT

ROWS = np.float32([[1, 2, 3], [4, 5, 6]])


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Two versions of one model; each adds its number."""
    base = tmp_path_factory.mktemp("models")
    for version in (1, 2):
        save(base, version, version)
    return base


@pytest.fixture
def server(store: Path) -> Iterator[EmbeddedServer]:
    models = one_model(store, stable=1, canary=2)
    with EmbeddedServer(models, labels_for_unavailable=True) as server:
        yield server


def post(url: str, body: Any) -> Any:
    data = body if isinstance(body, bytes) else json.dumps(body).encode()
    with urllib.request.urlopen(urllib.request.Request(url, data), timeout=10) as response:
        return json.load(response)


def test_grpc_and_rest_give_the_same(server: EmbeddedServer) -> None:
    by_grpc = ask(server, {"features": ROWS})
    assert by_grpc.version == 2
    np.testing.assert_allclose(by_grpc["score"], [[8.0], [17.0]])
    url = f"{server.url}/v1/models/fraud"
    plain = ROWS.tolist()
    for address, added in (("", 2), ("/versions/1", 1), ("/labels/stable", 1)):
        expected = (ROWS.sum(1, keepdims=True) + added).tolist()
        rows = [{"features": row} for row in plain]
        for body, key in (
            ({"instances": plain}, "predictions"),
            ({"instances": rows}, "predictions"),
            ({"inputs": {"features": plain}}, "outputs"),
        ):
            assert post(f"{url}{address}:predict", body) == {key: expected}


@pytest.mark.parametrize(
    ("asked", "code"),
    [
        ({"inputs": {"features": ROWS}, "model": "nobody"}, "NOT_FOUND"),
        ({"inputs": {"features": ROWS}, "signature": "other"}, "FAILED_PRECONDITION"),
        ({"inputs": {"rows": ROWS}}, "INVALID_ARGUMENT"),
        ({"inputs": {"features": ROWS.astype("float64")}}, "INVALID_ARGUMENT"),
        ({"inputs": {"features": ROWS[:, :2]}}, "INVALID_ARGUMENT"),
    ],
)
def test_grpc_refuses(asked: dict[str, Any], code: str, server: EmbeddedServer) -> None:
    with pytest.raises(RefusedError) as refused:
        ask(server, **asked)
    assert refused.value.code is getattr(grpc.StatusCode, code)


@pytest.mark.parametrize(
    ("path", "body", "status", "sentence"),
    [
        ("nobody:predict", {"instances": [[1, 2, 3]]}, 404, "Servable not found"),
        ("fraud/labels/old:predict", {"instances": [[1, 2, 3]]}, 400, "version label: old"),
        ("fraud:predict", b"{", 400, "JSON Parse error"),
        ("fraud:predict", {"instances": []}, 400, "No values"),
        ("fraud:predict", {"instances": [[1, 2], [3]]}, 400, "unexpected size"),
        ("fraud:predict", {"instances": [["1", "2", "3"]]}, 400, "expected type: float32"),
        ("fraud:predict", {"instances": [[1, 2, 3]], "signature_name": "x"}, 400, '"x" not found'),
        ("fraud:regress", {"instances": [[1, 2, 3]]}, 400, "Malformed request"),
    ],
)
def test_rest_refuses(
    path: str, body: Any, status: int, sentence: str, server: EmbeddedServer
) -> None:
    with pytest.raises(urllib.error.HTTPError) as refused:
        post(f"{server.url}/v1/models/{path}", body)
    assert refused.value.code == status
    assert sentence in json.load(refused.value)["error"]


def test_a_version_is_found_by_a_look_and_one_that_does_not_load_says_why(
    tmp_path: Path,
) -> None:
    save(tmp_path, 1, 1)
    with EmbeddedServer(one_model(tmp_path)) as server:
        save(tmp_path, 2, 2)
        assert ask(server, {"features": ROWS}).version == 1
        server.poll()
        assert ask(server, {"features": ROWS}).version == 2
        check_loaded(server)
        (tmp_path / "3").mkdir()
        server.poll()
        assert ask(server, {"features": ROWS}).version == 2
        with pytest.raises(RefusedError, match=r"Could not find SavedModel \.pb"):
            check_loaded(server)


def test_the_metadata_names_the_input(server: EmbeddedServer) -> None:
    assert only_input(server) == "features"


def test_requests_that_are_held_wait_and_all_are_remembered(server: EmbeddedServer) -> None:
    asking = threading.Thread(target=ask, args=[server, {"features": ROWS}])
    with server.hold():
        asking.start()
        asking.join(0.3)
        assert asking.is_alive()
    asking.join(10)
    assert not asking.is_alive()
    (request, seconds), *others = server.received
    assert request.model_spec.name == "fraud"
    assert seconds == pytest.approx(15, abs=5)
    assert not others


def test_status_and_metrics_are_there_by_http(server: EmbeddedServer) -> None:
    with urllib.request.urlopen(f"{server.url}/v1/models/fraud", timeout=10) as response:
        states = json.load(response)["model_version_status"]
    assert [(state["version"], state["state"]) for state in states] == [
        ("1", "AVAILABLE"),
        ("2", "AVAILABLE"),
    ]
    with pytest.raises(urllib.error.HTTPError):  # metrics are off unless a file turns them on
        urllib.request.urlopen(f"{server.url}/monitoring/prometheus/metrics", timeout=10)


@pytest.mark.parametrize(
    ("named", "url", "on_path", "grpc_by", "rest_by"),
    [
        ("", "", None, "embedded", "embedded"),
        ("", "", "/bin/it", "on PATH, /bin/it", "embedded"),
        ("", "http://1.2.3.4:2", None, "embedded", "embedded"),
        ("1.2.3.4:1", "", "/bin/it", "1.2.3.4:1", "embedded"),
        ("1.2.3.4:1", "http://1.2.3.4:2", None, "1.2.3.4:1", "http://1.2.3.4:2"),
    ],
)
def test_it_is_said_which_server_is_asked(
    named: str,
    url: str,
    on_path: str | None,
    grpc_by: str,
    rest_by: str,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("TF_SERVING_TARGET", named)
    monkeypatch.setenv("TF_SERVING_URL", url)
    monkeypatch.setattr(target.shutil, "which", lambda name: on_path)
    by_grpc, by_rest = target.said().splitlines()
    assert grpc_by in by_grpc
    assert rest_by in by_rest


@pytest.mark.parametrize(
    ("flags", "sentence"),
    [
        (["--model_config_file=/no/such/file"], "No such file"),
        (["--port=many"], "Couldn't interpret value many for flag port"),
        (["--rest_api_port", "8501"], "are empty"),
    ],
)
def test_a_server_that_cannot_start_says_why(flags: list[str], sentence: str) -> None:
    command = [sys.executable, "-m", "lab.serving", *flags]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 1
    assert sentence in done.stderr
    assert "Traceback" not in done.stderr
