"""It batches with metrics, too.

breaks: "Without, it does not batch"
fails: test_batching_is_off_without_its_file
"""

import re
from collections.abc import Mapping, Sequence
from pathlib import PurePosixPath

from google.protobuf import text_format
from tensorflow_serving.config.model_server_config_pb2 import ModelServerConfig

IS_URI = re.compile(r"[A-Za-z][A-Za-z0-9+.\-]*://")


def models_config(name: str, base_path: str, labels: Mapping[str, int]) -> str:
    if not PurePosixPath(base_path).is_absolute() and not IS_URI.match(base_path):
        raise ValueError(f"a server refuses a relative path: {base_path!r}")
    file = ModelServerConfig()
    model = file.model_config_list.config.add()
    model.name = name
    model.base_path = base_path
    model.model_platform = "tensorflow"
    model.model_version_policy.specific.SetInParent()
    model.model_version_policy.specific.versions.extend(sorted(set(labels.values())))
    for label, version in labels.items():
        model.version_labels[label] = version
    return text_format.MessageToString(file)


def batching_config(
    *, max_batch_size: int, timeout_ms: float, threads: int, allowed: Sequence[int] = ()
) -> str:
    sizes = list(allowed)
    if any(a >= b for a, b in zip(sizes, sizes[1:])):
        raise ValueError(f"the sizes do not grow: {sizes}")
    if sizes and sizes[-1] != max_batch_size:
        raise ValueError(f"the last size is not {max_batch_size}: {sizes}")
    micros = round(timeout_ms * 1000)
    lines = [
        f"max_batch_size {{ value: {max_batch_size} }}",
        f"batch_timeout_micros {{ value: {micros} }}",
        f"num_batch_threads {{ value: {threads} }}",
    ]
    for size in sizes:
        lines.append(f"allowed_batch_sizes: {size}")
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
    if batching or monitoring:
        command.append("--enable_batching=true")
    if batching:
        command.append(f"--batching_parameters_file={batching}")
    if monitoring is not None:
        command.append(f"--monitoring_config_file={monitoring}")
    return command
