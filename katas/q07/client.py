"""Clients of a model server, one for gRPC and one for REST."""

import numpy as np
from tensorflow_serving.apis.prediction_service_pb2_grpc import PredictionServiceStub


def predict(
    stub: PredictionServiceStub,
    rows: np.ndarray,
    *,
    model: str,
    version: int | None = None,
    label: str | None = None,
    timeout: float = 0.05,
) -> np.ndarray:
    """Ask a server for scores, by gRPC.

    The signature is `serving_default`, from `features`, float32, (batch, n), to `score`, float32,
    (batch, 1).

    Args:
        stub: of the server's PredictionService.
        rows: anything that `np.asarray` makes (batch, n) numbers of.
        model: the name of the model.
        version: the number of a version, from 1, or
        label: the label of one. With neither, the server takes the latest version.
        timeout: seconds after which nobody waits for the answer any more, neither this client
            nor the server.

    Returns:
        The scores, float32, (batch, 1).

    Raises:
        ValueError: if both a version and a label are given, or if the server does not take the
            rows.
        LookupError: if the server has no such model, version or label.
        TimeoutError: if there is no answer in time.
        ConnectionError: if there is no server.
    """
    raise NotImplementedError


def predict_rest(
    url: str,
    rows: np.ndarray,
    *,
    model: str,
    version: int | None = None,
    label: str | None = None,
    timeout: float = 0.05,
) -> np.ndarray:
    """The same by REST.

    Args:
        url: of the server, such as "http://127.0.0.1:8501".
        rows, model, version, label: as above. Names of models and labels may have spaces or
            other characters in them that a URL does not take as they are.
        timeout: seconds that this client waits for the answer.

    Returns, raises: as above.
    """
    raise NotImplementedError
