"""Only the first label is written.

breaks: "Each label means its version"
fails: test_labels_mean_their_versions, test_versions_with_a_label_are_loaded
"""

import os
from collections.abc import Mapping, Sequence

from google.protobuf import text_format
from tensorflow_serving.config.model_server_config_pb2 import ModelServerConfig


def models_config(name: str, base_path: str, labels: Mapping[str, int]) -> str:
    if not os.path.isabs(base_path) and "://" not in base_path:
        raise ValueError(f"{base_path!r} is not an absolute path")
    config = ModelServerConfig()
    model = config.model_config_list.config.add(
        name=name, base_path=base_path, model_platform="tensorflow"
    )
    model.model_version_policy.specific.versions.extend(sorted(set(labels.values())))
    label, version = next(iter(labels.items()))
    model.version_labels[label] = version
    return text_format.MessageToString(config)


def batching_config(
    *, max_batch_size: int, timeout_ms: float, threads: int, allowed: Sequence[int] = ()
) -> str:
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
    return "prometheus_config { enable: true }\n"


def server_command(
    models: str, *, batching: str | None = None, monitoring: str | None = None
) -> list[str]:
    command = [
        "tensorflow_model_server",
        "--port=8500",
        "--rest_api_port=8501",
        f"--model_config_file={models}",
        "--allow_version_labels_for_unavailable_models=true",
    ]
    if batching is not None:
        command += ["--enable_batching=true", f"--batching_parameters_file={batching}"]
    if monitoring is not None:
        command.append(f"--monitoring_config_file={monitoring}")
    return command
