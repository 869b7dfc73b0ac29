"""The server in small, through the C API and through tf.compat.v1."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np
import pytest
import tensorflow as tf

from lab import saved_model
from lab.saved_model import Server, ServerError, V1Session
from lab.scoring import save

ROWS = np.float32([[1, 2, 3], [4, 5, 6]])


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    base = tmp_path_factory.mktemp("models")
    save(base, 1, 0.5)
    return base / "1"


@pytest.fixture(params=[saved_model.open_session, V1Session])
def _either_way(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(saved_model, "open_session", request.param)


@pytest.mark.usefixtures("_either_way")
def test_it_answers(folder: Path) -> None:
    server = Server(folder)
    assert (server.inputs, server.outputs) == (["features"], ["score"])
    for request in (ROWS, {"features": ROWS}):
        np.testing.assert_allclose(server(request)["score"], [[6.5], [15.5]])
    assert server(ROWS[:0])["score"].shape == (0, 1)


@pytest.mark.parametrize(
    ("request_", "reason"),
    [
        ({"rows": ROWS}, "the inputs are"),
        (ROWS.astype("float64"), "is float32, not float64"),
        (ROWS[:, :2], r"of shape \(None, 3\), not \(2, 2\)"),
    ],
)
def test_it_refuses_what_the_signature_does_not_say(
    request_: Any, reason: str, folder: Path
) -> None:
    with pytest.raises(ServerError, match=reason):
        Server(folder)(request_)


@pytest.mark.parametrize("call", [tf.py_function, tf.numpy_function])
def test_it_does_not_call_python(call: Any, tmp_path: Path) -> None:
    module = tf.Module()
    spec = tf.TensorSpec([None], tf.float32)
    module.serve = tf.function(lambda x: {"y": call(np.negative, [x], tf.float32)}, [spec])
    tf.saved_model.save(module, tmp_path, {"serving_default": module.serve})
    with pytest.raises(ServerError, match="calls Python"):
        Server(tmp_path)


@pytest.mark.usefixtures("_either_way")
def test_it_loads_nothing_else(tmp_path: Path) -> None:
    with pytest.raises(ServerError, match=r"no saved_model\.pb"):
        Server(tmp_path)
    (tmp_path / "saved_model.pb").write_bytes(b"no protobuf")
    with pytest.raises(ServerError):
        Server(tmp_path)


def test_it_needs_a_signature(tmp_path: Path) -> None:
    tf.saved_model.save(tf.Module(), str(tmp_path))
    with pytest.raises(ServerError, match="no signature serving_default"):
        Server(tmp_path)
