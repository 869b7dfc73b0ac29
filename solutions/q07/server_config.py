"""The files and the command that a model server is started with."""

import os
from collections.abc import Mapping, Sequence

from google.protobuf import text_format
from tensorflow_serving.config.model_server_config_pb2 import ModelServerConfig


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
    if not os.path.isabs(base_path):
        raise ValueError(f"{base_path!r} is not an absolute path")
    config = ModelServerConfig()
    model = config.model_config_list.config.add(
        name=name, base_path=base_path, model_platform="tensorflow"
    )
    model.model_version_policy.specific.versions.extend(sorted(set(labels.values())))
    for label, version in labels.items():
        model.version_labels[label] = version
    return text_format.MessageToString(config)


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
    if allowed and (list(allowed) != sorted(set(allowed)) or allowed[-1] != max_batch_size):
        raise ValueError(f"{list(allowed)} does not grow up to {max_batch_size}")
    sizes = "".join(f"allowed_batch_sizes: {size}\n" for size in allowed)
    return (
        f"max_batch_size {{ value: {max_batch_size} }}\n"
        f"batch_timeout_micros {{ value: {round(timeout_ms * 1000)} }}\n"
        f"num_batch_threads {{ value: {threads} }}\n"
        f"{sizes}"
    )


def monitoring_config() -> str:
    """The file that turns metrics for Prometheus on, at the path that the server has for them.

    Returns:
        A MonitoringConfig in protobuf's text format; there is no class for it, either.
    """
    return "prometheus_config { enable: true }\n"


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
    command = [
        "tensorflow_model_server",
        "--port=8500",
        "--rest_api_port=8501",
        f"--model_config_file={models}",
        "--model_config_file_poll_wait_seconds=10",
        "--allow_version_labels_for_unavailable_models=true",
    ]
    if batching is not None:
        command += ["--enable_batching=true", f"--batching_parameters_file={batching}"]
    if monitoring is not None:
        command.append(f"--monitoring_config_file={monitoring}")
    return command
