"""The files and the command that a model server is started with."""

from collections.abc import Mapping, Sequence


def models_config(name: str, base_path: str, labels: Mapping[str, int]) -> str:
    """Write the file of models: a ModelServerConfig in protobuf's text format, with one model.

    >>> from google.protobuf import text_format
    >>> from tensorflow_serving.config.model_server_config_pb2 import ModelServerConfig
    >>> text = models_config("fraud", "/models/fraud", {"stable": 7, "canary": 8})
    >>> (model,) = text_format.Parse(text, ModelServerConfig()).model_config_list.config
    >>> model.name, model.base_path, model.version_labels["canary"]
    ('fraud', '/models/fraud', 8)

    Returns:
        - The model has this name and this base path.
        - The file has all that a server demands, such as a platform.
        - Of all versions in `base_path`, the server loads those that have a label.
        - It loads no others.
        - Each label means its version.

    Beyond the idea:
        - Names, paths and labels may have quotes and backslashes in them.
        - A path may be a URI, such as "gs://models/fraud".
        - A relative path is a ValueError, since a server refuses it.
    """
    raise NotImplementedError


def batching_config(
    *, max_batch_size: int, timeout_ms: float, threads: int, allowed: Sequence[int] = ()
) -> str:
    """Write the file of batching: a BatchingParameters in protobuf's text format.

    Python has no class for this message.

    Returns:
        - A batch has `max_batch_size` rows at most.
        - A request waits `timeout_ms` milliseconds at most for others to come.
        - The server computes `threads` batches at a time.
        - A batch is padded to one of the sizes in `allowed`.
        - Without sizes, it is not padded.

    Beyond the idea:
        - `timeout_ms` may be a fraction, such as 0.5.
        - `allowed` has to grow, and to end with `max_batch_size`; else it is a ValueError.
    """
    raise NotImplementedError


def monitoring_config() -> str:
    """Write the file of monitoring: a MonitoringConfig in protobuf's text format.

    Python has no class for this message, either.

    Returns:
        - Metrics for Prometheus are on, at the server's default path.
    """
    raise NotImplementedError


def server_command(
    models: str, *, batching: str | None = None, monitoring: str | None = None
) -> list[str]:
    """Make the command that starts a server with such files.

    Args:
        models: the path of its file, which may have spaces in it, as the others are.

    Returns:
        - The program is "tensorflow_model_server".
        - Every other word is a flag that the server knows.
        - The server answers gRPC on port 8500 and REST on port 8501.
        - It starts although there are labels in the file, and no version is loaded yet.
        - With the path `batching`, it batches as that file says.
        - Without, it does not batch.
        - With the path `monitoring`, it has metrics.

    Beyond the idea:
        - The server does not undo what a reload by gRPC changes.
    """
    raise NotImplementedError
