"""Models and versions of the model server in small, over time.

Each test is a row of docs/serving-conformance.md. What takes time is awaited, with a limit.
"""

from __future__ import annotations

import shutil
import threading
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path
from typing import Any

import grpc
import numpy as np
import pytest
from tensorflow_serving.apis.model_management_pb2 import ReloadConfigRequest

from lab.serving.ask import ask
from lab.serving.core import Settings
from lab.serving.embedded import EmbeddedServer, RestOptions
from lab.serving.errors import RefusedError
from lab.serving.messages import ModelServerConfig
from lab.serving.servable import WARM_UP
from lab.serving.target import one_model
from tests.lab.asking import Http, stubs
from tests.lab.serving_models import Wait, save, save_half

X = {"x": np.float32([2])}
QUICK = Settings(labels_for_unavailable=True, most_retries=0, seconds_between_looks=0.05)
LIMIT = 10  # seconds


def wait_for(is_true: Callable[[], object]) -> None:
    end = time.monotonic() + LIMIT
    while not is_true():
        assert time.monotonic() < end, "waited in vain"
        time.sleep(0.01)


def answer(server: EmbeddedServer, model: str = "half") -> int:
    """The version that answers."""
    return ask(server, X, model=model).version


def states(server: EmbeddedServer, model: str = "half") -> dict[int, tuple[str, str]]:
    with Http(server.url) as http:
        _, found = http.get(f"/v1/models/{model}")
    return {
        int(v["version"]): (v["state"], v["status"]["error_code"])
        for v in found.get("model_version_status", [])
    }


def reload(server: EmbeddedServer, config: ModelServerConfig, seconds: float = LIMIT) -> None:
    with stubs(server) as (_, models):
        models.HandleReloadConfigRequest(ReloadConfigRequest(config=config), timeout=seconds)


def publish(base: Path, version: int, spoil: Callable[[Path], object] = lambda _: None) -> None:
    """A version appears at one moment; it may be spoilt before."""
    draft = base.parent / f"draft-{base.name}"
    save_half(base.parent, draft.name, 2)
    spoil(draft)
    base.mkdir(exist_ok=True)
    draft.rename(base / str(version))


@pytest.fixture
def base(tmp_path: Path) -> Path:
    save_half(tmp_path / "half", 1, 2)
    return tmp_path / "half"


@pytest.fixture
def server(base: Path) -> Iterator[EmbeddedServer]:
    with EmbeddedServer(one_model(base, "half"), QUICK, rest=RestOptions()) as server:
        yield server


def test_a_new_version_is_taken_up_by_itself(server: EmbeddedServer, base: Path) -> None:
    publish(base, 2)
    wait_for(lambda: answer(server) == 2)
    wait_for(lambda: states(server) == {2: ("AVAILABLE", "OK"), 1: ("END", "OK")})
    assert list(states(server)) == [2, 1]  # the highest first


def test_a_version_that_is_gone_is_unloaded(server: EmbeddedServer, base: Path) -> None:
    publish(base, 2)
    wait_for(lambda: answer(server) == 2)
    shutil.rmtree(base / "2")
    wait_for(lambda: answer(server) == 1)


def test_names_that_are_no_versions(server: EmbeddedServer, base: Path) -> None:
    for name in ("99999999999999999999", "best", "3.tmp", "1_000"):
        (base / name).mkdir()
    server.poll()
    assert states(server) == {1: ("AVAILABLE", "OK")}


def test_a_broken_version_ends_and_the_old_one_serves(server: EmbeddedServer, base: Path) -> None:
    (base / "2").mkdir()
    wait_for(lambda: states(server).get(2) == ("END", "NOT_FOUND"))
    assert answer(server) == 1


def test_a_version_without_variables_is_available_and_fails(
    server: EmbeddedServer, base: Path
) -> None:
    publish(base, 2, lambda draft: shutil.rmtree(draft / "variables"))
    wait_for(lambda: states(server).get(2) == ("AVAILABLE", "OK"))
    for _ in range(2):
        with pytest.raises(RefusedError, match="FAILED_PRECONDITION: Could not find variable"):
            answer(server)


def test_a_status_of_200_while_it_loads(server: EmbeddedServer, base: Path) -> None:
    server.may_load.clear()
    publish(base, 2)
    wait_for(lambda: states(server).get(2) == ("LOADING", "OK"))
    with Http(server.url) as http:
        assert http.get("/v1/models/half/versions/2")[0] == 200
        assert http.post("/v1/models/half/versions/2:predict", {"inputs": [2.0]})[0] == 404
    server.may_load.set()
    wait_for(lambda: states(server).get(2) == ("AVAILABLE", "OK"))


def test_loads_are_tried_again(base: Path) -> None:
    """A version that is repaired between two tries is loaded."""
    tries = replace(QUICK, most_retries=1000, seconds_between_tries=0.05)
    with EmbeddedServer(one_model(base, "half"), tries, rest=RestOptions()) as server:
        (base / "2").mkdir()
        wait_for(lambda: states(server).get(2) == ("LOADING", "OK"))
        assert answer(server) == 1
        save_half(base, "draft", 2)
        for child in (base / "draft").iterdir():
            child.rename(base / "2" / child.name)
        wait_for(lambda: answer(server) == 2)


def test_a_failed_version_is_tried_anew_when_it_is_wanted_anew(
    server: EmbeddedServer, base: Path
) -> None:
    (base / "2").mkdir()
    wait_for(lambda: 2 in states(server) and states(server)[2][0] == "END")
    reload(server, one_model(base, "half", stable=1))
    server.poll()
    save_half(base, 2, 2)
    reload(server, one_model(base, "half"))
    wait_for(lambda: answer(server) == 2)


def test_requests_in_flight_finish_before_a_version_goes(tmp_path: Path) -> None:
    save(Wait(), "count", tmp_path)
    with EmbeddedServer(one_model(tmp_path, "wait"), QUICK, rest=RestOptions()) as server:
        with ThreadPoolExecutor() as threads:
            inputs = {"n": np.int64([300_000])}
            asked = threads.submit(ask, server, inputs, model="wait")
            wait_for(lambda: any(v.users for v in server.core.manager.versions.values()))
            reload(server, ModelServerConfig(model_config_list={}))
            seen = states(server, "wait")[1][0]
            assert asked.result()["total"][0] == 300_000 * 299_999 // 2
        assert seen in ("UNLOADING", "AVAILABLE")
        wait_for(lambda: states(server, "wait")[1][0] == "END")


# Reloads


def test_a_reload_adds_and_removes_models(server: EmbeddedServer, base: Path) -> None:
    save_half(base.parent / "other", 7, 3)
    config = one_model(base.parent / "other", "other")
    reload(server, config)
    assert answer(server, "other") == 7  # it has waited for the new model
    wait_for(lambda: states(server) == {1: ("END", "OK")})
    reload(server, one_model(base, "half"))
    assert answer(server) == 1


@pytest.mark.parametrize(
    "text", ["", "custom_model_config {}"], ids=["an empty one", "another kind"]
)
def test_a_reload_without_a_list_is_refused(server: EmbeddedServer, text: str) -> None:
    from google.protobuf import text_format

    with pytest.raises(grpc.RpcError) as error:
        reload(server, text_format.Parse(text, ModelServerConfig()))
    assert error.value.code() is grpc.StatusCode.INVALID_ARGUMENT
    assert answer(server) == 1


@pytest.mark.parametrize(
    ("change", "code"),
    [
        (lambda m: setattr(m, "base_path", "half"), "INVALID_ARGUMENT"),
        (lambda m: setattr(m, "model_platform", ""), "INVALID_ARGUMENT"),
        (lambda m: setattr(m, "model_platform", "other"), "INVALID_ARGUMENT"),
        (lambda m: setattr(m, "model_type", 1), "INVALID_ARGUMENT"),
        (lambda m: m.logging_config.SetInParent(), "INVALID_ARGUMENT"),
        (lambda m: m.version_labels.update({"stable": 2}), "FAILED_PRECONDITION"),
    ],
)
def test_a_reload_that_is_refused_changes_nothing(base: Path, change: Any, code: str) -> None:
    config = one_model(base, "half", stable=1)
    with EmbeddedServer(config, QUICK) as server:
        change(config.model_config_list.config[0])
        with pytest.raises(grpc.RpcError) as error:
            reload(server, config)
        assert error.value.code().name == code
        server.poll()
        assert answer(server) == 1
        assert server.core.labels == {"half": {"stable": 1}}


def test_a_name_twice_is_refused(server: EmbeddedServer, base: Path) -> None:
    config = one_model(base, "half")
    config.MergeFrom(one_model(base, "half"))
    with pytest.raises(grpc.RpcError) as error:
        reload(server, config)
    assert "multiple times" in error.value.details()


def test_a_reload_with_a_broken_model_is_unknown(server: EmbeddedServer, base: Path) -> None:
    (base.parent / "broken" / "1").mkdir(parents=True)
    config = one_model(base, "half")
    config.MergeFrom(one_model(base.parent / "broken", "broken"))
    with pytest.raises(grpc.RpcError) as error:
        reload(server, config)
    assert error.value.code() is grpc.StatusCode.UNKNOWN
    assert "1 model(s) did not become available" in error.value.details()
    assert answer(server) == 1


def test_one_path_that_is_not_there_stalls_all_models(server: EmbeddedServer, base: Path) -> None:
    config = one_model(base, "half")
    config.MergeFrom(one_model(base.parent / "missing", "missing"))
    with pytest.raises(grpc.RpcError) as error:
        reload(server, config, seconds=0.3)
    assert error.value.code() is grpc.StatusCode.DEADLINE_EXCEEDED
    publish(base, 2)
    server.poll()
    assert answer(server) == 1  # version 2 is not seen
    publish(base.parent / "missing", 1)
    wait_for(lambda: answer(server) == 2)
    wait_for(lambda: states(server, "missing") == {1: ("AVAILABLE", "OK")})


def test_labels_move_at_once_and_only_to_what_is_available(base: Path) -> None:
    save_half(base, 2, 2)
    config = one_model(base, "half", stable=1, canary=2)
    with EmbeddedServer(config, QUICK) as server:
        labels = config.model_config_list.config[0].version_labels
        labels["stable"] = 3
        with pytest.raises(grpc.RpcError) as error:
            reload(server, config)
        assert error.value.code() is grpc.StatusCode.FAILED_PRECONDITION
        labels["stable"], labels["next"] = 2, 3  # a new label needs no version, by the flag
        reload(server, config)
        assert server.core.labels["half"] == {"stable": 2, "canary": 2, "next": 3}


# The start


def test_the_start_waits_for_a_path(base: Path) -> None:
    missing = base.parent / "late"
    started, log = threading.Event(), list[str]()

    def start() -> None:
        with EmbeddedServer(one_model(missing, "late"), QUICK, log=log.append) as server:
            assert answer(server, "late") == 1
            started.set()

    with ThreadPoolExecutor() as threads:
        done = threads.submit(start)
        wait_for(lambda: any("Could not find base path" in line for line in log))
        assert not started.is_set()
        publish(base.parent / "stage", 1)
        (base.parent / "stage").rename(missing)
        done.result(LIMIT)
    assert started.is_set()


def test_a_start_with_a_broken_model_fails(tmp_path: Path) -> None:
    (tmp_path / "1").mkdir()
    with pytest.raises(RefusedError, match=r"UNKNOWN: 1 servable\(s\) did not become available"):
        EmbeddedServer(one_model(tmp_path, "broken"), QUICK).__enter__()


def test_a_start_with_labels_needs_the_flag(base: Path) -> None:
    with pytest.raises(RefusedError, match="FAILED_PRECONDITION"):
        EmbeddedServer(one_model(base, "half", stable=1)).__enter__()


def test_a_uri_is_a_path(base: Path) -> None:
    """It is accepted; what is behind it is not looked at here."""
    from lab.serving import config

    config.check(one_model("gs://models/half", "half"))


def test_a_broken_warm_up_fails_the_load(server: EmbeddedServer, base: Path) -> None:
    def spoil(draft: Path) -> None:
        (draft / WARM_UP).parent.mkdir()
        (draft / WARM_UP).write_bytes(b"what is no record at all " * 10)

    publish(base, 2, spoil)
    wait_for(lambda: states(server).get(2) == ("END", "DATA_LOSS"))
    assert answer(server) == 1
