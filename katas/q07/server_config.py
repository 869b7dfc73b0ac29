"""The files and the command that a model server is started with."""

from collections.abc import Mapping, Sequence


def models_config(name: str, base_path: str, labels: Mapping[str, int]) -> str:
    """The file with the models: one model, some of its versions, and what they are called.

    Args:
        name: what clients call the model; any text.
        base_path: the folder that has a folder for each version. The server insists on an
            absolute path.
        labels: the number of a version for each label, such as {"stable": 7, "canary": 8}.

    Returns:
        A ModelServerConfig in protobuf's text format. Of all versions in `base_path`, exactly those
        that have a label are loaded, and each label means its version.

    Raises:
        ValueError: if `base_path` is a relative path.
    """
    raise NotImplementedError


def batching_config(
    *, max_batch_size: int, timeout_ms: float, threads: int, allowed: Sequence[int] = ()
) -> str:
    """The file that says how requests are put together to batches.

    Args:
        max_batch_size: rows in a batch at the most.
        timeout_ms: milliseconds that a request waits at the most for others to come.
        threads: how many batches are processed at a time.
        allowed: the sizes that a batch is padded to; none means that batches are not padded. The
            server insists on sizes that grow, up to max_batch_size.

    Returns:
        A BatchingParameters in protobuf's text format; tensorflow-serving-api has no class for it.

    Raises:
        ValueError: for `allowed` sizes that the server would not start with.
    """
    raise NotImplementedError


def monitoring_config() -> str:
    """The file that turns metrics for Prometheus on, at the path that the server has for them.

    Returns:
        A MonitoringConfig in protobuf's text format; there is no class for it, either.
    """
    raise NotImplementedError


def server_command(
    models: str, *, batching: str | None = None, monitoring: str | None = None
) -> list[str]:
    """The command that starts the server: the program, then a flag in each word.

    The server answers gRPC on port 8500 and REST on port 8501. It starts although the file of
    models has labels and no version is loaded yet, and it notices when that file is changed.

    Args:
        models: the path of a file with the models.
        batching: the path of a file as `batching_config` makes it; without it, nothing is batched.
        monitoring: the path of a file as `monitoring_config` makes it.

    Returns:
        What `subprocess.run` takes; the program is "tensorflow_model_server".
    """
    raise NotImplementedError
