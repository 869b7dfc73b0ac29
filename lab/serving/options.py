"""The command line of `tensorflow_model_server`, and what the server does with it.

Source: model_servers/main.cc has the flags, server.h their defaults, and server.cc what is refused.
"""

from __future__ import annotations

import os
import re
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

CORES = os.cpu_count() or 1
DEFAULTS: dict[str, bool | int | float | str] = {
    "port": 8500,
    "grpc_socket_path": "",
    "rest_api_port": 0,
    "rest_api_num_threads": 4 * CORES,
    "rest_api_timeout_in_ms": 30000,
    "rest_api_enable_cors_support": False,
    "enable_batching": False,
    "allow_version_labels_for_unavailable_models": False,
    "batching_parameters_file": "",
    "enable_per_model_batching_parameters": False,
    "model_config_file": "",
    "model_config_file_poll_wait_seconds": 0,
    "model_name": "default",
    "model_base_path": "",
    "num_load_threads": 0,
    "num_unload_threads": 0,
    "max_num_load_retries": 5,
    "load_retry_interval_micros": 60_000_000,
    "file_system_poll_wait_seconds": 1,
    "flush_filesystem_caches": True,
    "tensorflow_session_parallelism": 0,
    "tensorflow_session_config_file": "",
    "tensorflow_intra_op_parallelism": 0,
    "tensorflow_inter_op_parallelism": 0,
    "use_alts_credentials": False,
    "ssl_config_file": "",
    "platform_config_file": "",
    "per_process_gpu_memory_fraction": 0.0,
    "saved_model_tags": "serve",
    "grpc_channel_arguments": "",
    "grpc_max_threads": 4 * CORES,
    "enable_model_warmup": True,
    "num_request_iterations_for_warmup": 0,
    "version": False,
    "monitoring_config_file": "",
    "remove_unused_fields_from_bundle_metagraph": True,
    "prefer_tflite_model": False,
    "num_tflite_pools": CORES,
    "num_tflite_interpreters_per_pool": 1,
    "enable_signature_method_name_check": False,
    "xla_cpu_compilation_enabled": False,
    "xla_gpu_compilation_enabled": False,
    "enable_profiler": True,
    "thread_pool_factory_config_file": "",
    "mixed_precision": "",
    "skip_initialize_tpu": False,
    "enable_grpc_healthcheck_service": False,
    "enable_serialization_as_tensor_content": False,
}
# What the small server reads and does not do.
NOT_DONE = {
    "enable_batching": "each request is run by itself",
    "enable_per_model_batching_parameters": "each request is run by itself",
    "num_load_threads": "versions are loaded one after the other",
    "num_unload_threads": "versions are unloaded one after the other",
    "tensorflow_session_parallelism": "TensorFlow chooses its threads",
    "tensorflow_session_config_file": "TensorFlow's own configuration is used",
    "tensorflow_intra_op_parallelism": "TensorFlow chooses its threads",
    "tensorflow_inter_op_parallelism": "TensorFlow chooses its threads",
    "use_alts_credentials": "connections are not secured",
    "ssl_config_file": "connections are not secured",
    "platform_config_file": "the platform is TensorFlow's, as by default",
    "per_process_gpu_memory_fraction": "TensorFlow takes what memory it needs",
    "prefer_tflite_model": "the TensorFlow model is used",
    "num_tflite_pools": "the TensorFlow model is used",
    "num_tflite_interpreters_per_pool": "the TensorFlow model is used",
    "enable_signature_method_name_check": "method names are not checked",
    "xla_cpu_compilation_enabled": "XLA stays as TensorFlow has it",
    "xla_gpu_compilation_enabled": "XLA stays as TensorFlow has it",
    "thread_pool_factory_config_file": "TensorFlow chooses its threads",
    "mixed_precision": "models are run as they are",
    "skip_initialize_tpu": "there are no TPUs",
}


@dataclass
class Options:
    """What the flags come to.

    Attributes:
        flags: the value of each flag, given or not.
        unknown: words that are no flag. The server prints the first of them, and starts.
    """

    flags: dict[str, bool | int | float | str] = field(default_factory=lambda: dict(DEFAULTS))
    unknown: list[str] = field(default_factory=list)

    def __getattr__(self, name: str) -> Any:
        return self.flags[name]

    def not_done(self) -> list[str]:
        """What the small server does not do although it is asked to, in a line each."""
        return [
            f"--{name} is not followed here: {instead}."
            for name, instead in NOT_DONE.items()
            if self.flags[name] != DEFAULTS[name]
        ]


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


def value(name: str, kind: type, text: str) -> bool | int | float | str:
    if kind is str:
        return text
    choices = {"true": True, "1": True, "false": False, "0": False}
    if kind is bool and text.lower() in choices:
        return choices[text.lower()]
    if kind is int and text.removeprefix("-").isdecimal():
        return int(text)
    if kind is float and re.fullmatch(r"-?\d*\.?\d+", text):
        return float(text)
    raise invalid(f"Couldn't interpret value {text} for flag {name}.")


@dataclass
class Files:
    """The files that the flags name, read and checked."""

    models: ModelServerConfig
    batching: BatchingParameters | None
    monitoring: MonitoringConfig


def files(options: Options) -> Files:
    """Check the flags and read all files, as the server does when it starts.

    Raises:
        RefusedError: if it would not start.
        OSError: if a file is not there.
    """
    if not options.port and not options.grpc_socket_path:
        raise invalid(
            "At least one of server_options.grpc_port or server_options.grpc_socket_path must be "
            "set."
        )
    if options.use_alts_credentials and options.ssl_config_file:
        raise invalid("Either use_alts_credentials must be false or ssl_config_file must be empty.")
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


def channel_of(options: Options) -> list[tuple[str, int | str]]:
    """The arguments for the channel of gRPC: "a=1,b=x"; what looks like a number is one."""
    pairs = (pair.partition("=") for pair in options.grpc_channel_arguments.split(",") if pair)
    return [(k, int(v) if v.lstrip("-").isdecimal() else v) for k, _, v in pairs]


def check_batching(parameters: BatchingParameters) -> None:
    """What the scheduler of batches refuses.

    Source: batching/batching_session.cc, tensorflow/core/kernels/batching_util.
    """
    sizes = list(parameters.allowed_batch_sizes)
    if sizes != sorted(set(sizes)):
        raise invalid("allowed_batch_sizes entries must be monotonically increasing")
    if sizes and sizes[-1] != parameters.max_batch_size.value:
        raise invalid("Last entry in allowed_batch_sizes must match max_batch_size")
