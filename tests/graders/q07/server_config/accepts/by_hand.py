"""Text by hand, in the style of the guide; flags in a table."""

import json
import os
from collections.abc import Mapping, Sequence


def models_config(name: str, base_path: str, labels: Mapping[str, int]) -> str:
    if not os.path.isabs(base_path) and "://" not in base_path:
        raise ValueError(f"{base_path!r} is not an absolute path")
    versions = ", ".join(map(str, sorted(set(labels.values()))))
    entries = "".join(
        f"version_labels: {{ key: {json.dumps(label)}, value: {version} }}\n"
        for label, version in labels.items()
    )
    return f"""
    # written by the rollout
    model_config_list: {{
      config: {{
        name: {json.dumps(name)},
        base_path: {json.dumps(base_path)},
        model_platform: "tensorflow",
        model_version_policy: {{ specific: {{ versions: [{versions}] }} }}
        {entries}
      }}
    }}
    """


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
    flags = {
        "rest_api_port": 8501,
        "model_config_file": models,
        "model_config_file_poll_wait_seconds": 0,
        "enable_batching": batching is not None,
        "batching_parameters_file": batching or "",
        "monitoring_config_file": monitoring or "",
    }
    words = [
        f"--{name}={str(value).lower() if value in (True, False) else value}"
        for name, value in flags.items()
    ]
    return ["tensorflow_model_server", "--allow_version_labels_for_unavailable_models", *words]
