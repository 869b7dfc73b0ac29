"""The model server in small as the katas' tests use it, and its command line."""

from __future__ import annotations

import subprocess
import sys
import threading
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import grpc
import numpy as np
import pytest

from lab.scoring import save
from lab.serving import options, target
from lab.serving.ask import ask, check_loaded, only_input
from lab.serving.embedded import FOR_TESTS, EmbeddedServer
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
    with EmbeddedServer(models, FOR_TESTS) as server:
        yield server


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


def test_a_version_is_found_by_a_look_and_one_that_does_not_load_says_why(
    tmp_path: Path,
) -> None:
    save(tmp_path, 1, 1)
    no_looks = replace(FOR_TESTS, seconds_between_looks=3600)
    with EmbeddedServer(one_model(tmp_path), no_looks) as server:
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


def test_requests_that_are_held_wait_and_are_recorded(server: EmbeddedServer) -> None:
    asking = threading.Thread(target=ask, args=[server, {"features": ROWS}])
    with server.hold(), server.recording() as received:
        asking.start()
        asking.join(0.3)
        assert asking.is_alive()
    asking.join(10)
    assert not asking.is_alive()
    ((request, seconds),) = received
    assert request.model_spec.name == "fraud"
    assert seconds == pytest.approx(15, abs=5)


def test_requests_may_be_refused(server: EmbeddedServer) -> None:
    with server.refuse(), server.recording() as received, pytest.raises(RefusedError) as refused:
        ask(server, {"features": ROWS})
    assert refused.value.code is grpc.StatusCode.UNAVAILABLE
    assert len(received) == 1
    assert ask(server, {"features": ROWS}).version == 2


def test_without_a_recording_no_request_is_kept(server: EmbeddedServer) -> None:
    with server.recording() as received:
        pass
    ask(server, {"features": ROWS})
    assert not received


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
        (["--port=0", "--model_base_path=/models"], "grpc_port or server_options.grpc_socket"),
        (["--use_alts_credentials", "--ssl_config_file=x"], "Either use_alts_credentials"),
        (["--model_base_path=/m", "--batching_parameters_file=x"], "enable_batching to true"),
    ],
)
def test_a_server_that_cannot_start_says_why(flags: list[str], sentence: str) -> None:
    command = [sys.executable, "-m", "lab.serving", *flags]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 1
    assert sentence in done.stderr
    assert "Traceback" not in done.stderr


def test_all_flags_are_known_and_what_is_not_done_is_said() -> None:
    """The flags of the real server, from its main.cc."""
    seen = options.parse(["tensorflow_model_server", *(f"--{flag}" for flag in BOOLEANS)])
    assert seen.unknown == []
    assert len(options.DEFAULTS) == 48
    words = ["--enable_batching", "--num_load_threads=2", "--ssl_config_file=x", "--port=8500"]
    lines = options.parse(["tensorflow_model_server", *words]).not_done()
    assert [line.split(" ")[0] for line in lines] == [
        "--enable_batching",
        "--num_load_threads",
        "--ssl_config_file",
    ]
    assert set(options.NOT_DONE) <= set(options.DEFAULTS)


BOOLEANS = [
    *("rest_api_enable_cors_support", "enable_batching", "enable_model_warmup", "version"),
    *("allow_version_labels_for_unavailable_models", "enable_per_model_batching_parameters"),
    *("flush_filesystem_caches", "use_alts_credentials", "prefer_tflite_model"),
    *("remove_unused_fields_from_bundle_metagraph", "enable_signature_method_name_check"),
    *("xla_cpu_compilation_enabled", "xla_gpu_compilation_enabled", "enable_profiler"),
    *("skip_initialize_tpu", "enable_grpc_healthcheck_service"),
    "enable_serialization_as_tensor_content",
]


def test_the_arguments_of_a_channel() -> None:
    words = ["--grpc_channel_arguments=grpc.max_connection_age_ms=2000,grpc.lb_policy_name=grpclb"]
    assert options.channel_of(options.parse(["tensorflow_model_server", *words])) == [
        ("grpc.max_connection_age_ms", 2000),
        ("grpc.lb_policy_name", "grpclb"),
    ]
