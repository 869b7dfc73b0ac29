"""Messages made from dictionaries; each size is checked against its neighbour."""

import os
from collections.abc import Mapping, Sequence

from google.protobuf import json_format
from tensorflow_serving.config.model_server_config_pb2 import ModelServerConfig


def models_config(name: str, base_path: str, labels: Mapping[str, int]) -> str:
    if not os.path.isabs(base_path) and "://" not in base_path:
        raise ValueError(f"{base_path!r} is not an absolute path")
    model = {
        "name": name,
        "base_path": base_path,
        "model_platform": "tensorflow",
        "model_version_policy": {"specific": {"versions": list(labels.values())}},
        "version_labels": dict(labels),
    }
    message = {"model_config_list": {"config": [model]}}
    return str(json_format.ParseDict(message, ModelServerConfig()))


def batching_config(
    *, max_batch_size: int, timeout_ms: float, threads: int, allowed: Sequence[int] = ()
) -> str:
    allowed = tuple(allowed)
    if any(small >= large for small, large in zip(allowed, allowed[1:])):
        raise ValueError("sizes have to grow")
    if allowed and max_batch_size != max(allowed):
        raise ValueError("the largest size has to be max_batch_size")
    fields = {
        "max_batch_size": max_batch_size,
        "batch_timeout_micros": int(timeout_ms * 1000),
        "num_batch_threads": threads,
    }
    lines = [f"{name} < value: {value} >" for name, value in fields.items()]
    return "\n".join(lines) + f"\nallowed_batch_sizes: {list(allowed)}"


def monitoring_config() -> str:
    return 'prometheus_config: { enable: true, path: "/monitoring/prometheus/metrics" }'


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
