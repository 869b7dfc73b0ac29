"""The command line of `tensorflow_model_server`, and what the server does with it.

Source: model_servers/main.cc has the flags, server.h their defaults, and server.cc what is refused.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from lab.serving.errors import invalid
from lab.serving.messages import (
    BatchingParameters,
    ModelServerConfig,
    MonitoringConfig,
    read,
)

DEFAULTS: dict[str, bool | int | str] = {
    "port": 8500,
    "grpc_socket_path": "",
    "rest_api_port": 0,
    "rest_api_num_threads": 8,
    "rest_api_timeout_in_ms": 30000,
    "model_name": "default",
    "model_base_path": "",
    "model_config_file": "",
    "model_config_file_poll_wait_seconds": 0,
    "file_system_poll_wait_seconds": 1,
    "enable_batching": False,
    "batching_parameters_file": "",
    "monitoring_config_file": "",
    "allow_version_labels_for_unavailable_models": False,
    "max_num_load_retries": 5,
    "load_retry_interval_micros": 60_000_000,
    "num_load_threads": 0,
    "num_unload_threads": 0,
    "num_request_iterations_for_warmup": 0,
    "enable_model_warmup": True,
    "enable_grpc_healthcheck_service": False,
    "enable_profiler": True,
    "flush_filesystem_caches": True,
    "grpc_channel_arguments": "",
    "grpc_max_threads": 8,
    "saved_model_tags": "serve",
    "ssl_config_file": "",
    "platform_config_file": "",
    "tensorflow_session_parallelism": 0,
    "tensorflow_intra_op_parallelism": 0,
    "tensorflow_inter_op_parallelism": 0,
}


@dataclass
class Options:
    """What the flags come to.

    Attributes:
        flags: the value of each flag, given or not.
        unknown: words that are no flag. The server prints the first of them, and starts.
    """

    flags: dict[str, bool | int | str] = field(default_factory=lambda: dict(DEFAULTS))
    unknown: list[str] = field(default_factory=list)

    def __getattr__(self, name: str) -> Any:
        return self.flags[name]


def parse(command: Sequence[str]) -> Options:
    """Read a command as the server does: the name of the program, then a flag in each word.

    Raises:
        RefusedError: INVALID_ARGUMENT, if a flag has a value of the wrong kind.
    """
    options = Options()
    for word in command[1:]:
        name, equals, text = word.removeprefix("--").partition("=")
        if not word.startswith("--") or name not in DEFAULTS:
            options.unknown.append(word)
            continue
        kind = type(DEFAULTS[name])
        if not equals and kind is not bool:
            options.unknown.append(word)
            continue
        options.flags[name] = value(name, kind, text if equals else "true")
    return options


def value(name: str, kind: type, text: str) -> bool | int | str:
    if kind is str:
        return text
    choices = {"true": True, "1": True, "false": False, "0": False}
    if kind is bool and text.lower() in choices:
        return choices[text.lower()]
    if kind is int and text.removeprefix("-").isdecimal():
        return int(text)
    raise invalid(f"Couldn't interpret value {text} for flag {name}.")


@dataclass
class Files:
    """The files that the flags name, read and checked."""

    models: ModelServerConfig
    batching: BatchingParameters | None
    monitoring: MonitoringConfig


def files(options: Options) -> Files:
    """Read all files, as the server does when it starts.

    Raises:
        RefusedError: if it would not start.
        OSError: if a file is not there.
    """
    if options.batching_parameters_file and not options.enable_batching:
        raise invalid(
            "server_options.batching_parameters_file is set without setting "
            "server_options.enable_batching to true."
        )
    batching = None
    if options.batching_parameters_file:
        batching = read(Path(options.batching_parameters_file).read_text(), BatchingParameters)
        check_batching(batching)
    monitoring = MonitoringConfig()
    # Without a REST port nobody looks at the monitoring file.
    if options.rest_api_port and options.monitoring_config_file:
        monitoring = read(Path(options.monitoring_config_file).read_text(), MonitoringConfig)
    return Files(models_of(options), batching, monitoring)


def models_of(options: Options) -> ModelServerConfig:
    """A file with models, or else the one model of the command line."""
    if options.model_config_file:
        return read(Path(options.model_config_file).read_text(), ModelServerConfig)
    if not options.model_base_path:
        raise invalid("Both server_options.model_base_path and model_config_file are empty!")
    config = ModelServerConfig()
    config.model_config_list.config.add(
        name=options.model_name, base_path=options.model_base_path, model_platform="tensorflow"
    )
    return config


def check_batching(parameters: BatchingParameters) -> None:
    """What the scheduler of batches refuses.

    Source: batching/batching_session.cc, tensorflow/core/kernels/batching_util.
    """
    sizes = list(parameters.allowed_batch_sizes)
    if sizes != sorted(set(sizes)):
        raise invalid("allowed_batch_sizes entries must be monotonically increasing")
    if sizes and sizes[-1] != parameters.max_batch_size.value:
        raise invalid("Last entry in allowed_batch_sizes must match max_batch_size")
