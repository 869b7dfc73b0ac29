"""Clients of a model server, one for gRPC and one for REST."""

import numpy as np
from numpy.typing import ArrayLike
from tensorflow_serving.apis.prediction_service_pb2_grpc import PredictionServiceStub


def predict(
    stub: PredictionServiceStub,
    rows: ArrayLike,
    *,
    model: str,
    version: int | None = None,
    label: str | None = None,
    timeout: float = 0.05,
) -> np.ndarray:
    """Ask a server for scores, by gRPC.

    The signature `serving_default` takes `features`, (batch, n), and returns `score`, (batch, 1).
    Both are float32.

    - The version with the number `version` answers, or the one with the label `label`.
    - With neither, the latest one does.
    - The server is told how long the client waits.

    Args:
        rows: numbers, as anything that np.asarray takes.

    Returns:
        The scores, float32, (batch, 1).

    Raises:
        ValueError: the server does not take the rows.
        LookupError: the server does not have the model or the version.
        TimeoutError: no answer came within `timeout` seconds.
        ConnectionError: no server is there.

    Beyond the idea:
        - A label that the server does not have is a LookupError, too.
        - A version together with a label is a ValueError.
        - Version 0 is a version like any other.
        - A call sends one request, and never another one after it.
    """
    raise NotImplementedError


def predict_rest(
    url: str,
    rows: ArrayLike,
    *,
    model: str,
    version: int | None = None,
    label: str | None = None,
    timeout: float = 0.05,
) -> np.ndarray:
    """Ask a server for scores, by REST.

    >>> from lab.scoring import served
    >>> with served([1, 2]) as server:  # version n adds n to the sum of a row
    ...     predict_rest(server.url, [[1.0, 2.0, 3.0]], model="fraud", version=2, timeout=5)
    array([[8.]], dtype=float32)

    The `url` is that of the server, such as "http://127.0.0.1:8501".

    - Arguments, scores and errors are those of `predict`.
    - `timeout` seconds without a word from the server are a TimeoutError.

    Beyond the idea:
        - Such a silence in the middle of an answer is one, too.
        - Models and labels may have names with characters that mean something in a URL.
    """
    raise NotImplementedError
