"""Hyphens in the name of the model become underscores.

breaks: "The model has this name"
fails: test_the_server_knows_the_model
"""

import re
from collections.abc import Mapping, Sequence

from google.protobuf import text_format
from tensorflow_serving.config import model_server_config_pb2


def models_config(name: str, base_path: str, labels: Mapping[str, int]) -> str:
    if not base_path.startswith("/") and not re.match(r"[a-zA-Z][a-zA-Z0-9.]*://", base_path):
        raise ValueError(f"base_path has to be absolute or a URI: {base_path!r}")
    config = model_server_config_pb2.ModelServerConfig()
    model = config.model_config_list.config.add()
    model.name = name.replace("-", "_")
    model.base_path = base_path
    model.model_platform = "tensorflow"
    model.model_version_policy.specific.SetInParent()
    model.model_version_policy.specific.versions.extend(sorted(set(labels.values())))
    for label, version in labels.items():
        model.version_labels[label] = version
    return text_format.MessageToString(config)


def batching_config(
    *, max_batch_size: int, timeout_ms: float, threads: int, allowed: Sequence[int] = ()
) -> str:
    sizes = list(allowed)
    if any(a >= b for a, b in zip(sizes, sizes[1:])):
        raise ValueError(f"allowed has to grow: {sizes}")
    if sizes and sizes[-1] != max_batch_size:
        raise ValueError(f"allowed has to end with {max_batch_size}: {sizes}")
    lines = [
        f"max_batch_size {{ value: {max_batch_size} }}",
        f"batch_timeout_micros {{ value: {round(timeout_ms * 1000)} }}",
        f"num_batch_threads {{ value: {threads} }}",
    ]
    lines += [f"allowed_batch_sizes: {size}" for size in sizes]
    return "\n".join(lines) + "\n"


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
        command += [f"--monitoring_config_file={monitoring}"]
    return command
