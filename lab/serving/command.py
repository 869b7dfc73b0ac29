"""What `python -m lab.serving` does.

TensorFlow is imported when there is something to serve: a wrong flag is told at once.
"""

from __future__ import annotations

import signal
import sys
import time
from typing import TYPE_CHECKING

from dojo.quiet import silent_unless_it_fails
from lab.serving.errors import RefusedError
from lab.serving.options import Options, channel_of, files, models_of, parse

if TYPE_CHECKING:
    from lab.serving.core import Settings
    from lab.serving.embedded import EmbeddedServer, RestOptions
    from lab.serving.grpc_api import GrpcOptions


def main(arguments: list[str]) -> None:
    """Say which server the tests use; or serve, with flags, until the process is ended."""
    if not arguments:
        with silent_unless_it_fails():  # TensorFlow greets whoever imports it
            from lab.serving.target import said
        print(said())
        return None
    try:
        options = parse(["tensorflow_model_server", *arguments])
        if options.version:
            return print_version()
        if options.unknown:
            print(f"unknown argument: {options.unknown[0]}", flush=True)
        for line in options.not_done():
            print(line, flush=True)
        serve(options)
    except (RefusedError, OSError) as error:
        sys.exit(f"Failed to start server. Error: {error}")


def print_version() -> None:
    with silent_unless_it_fails():
        import tensorflow as tf
    print("TensorFlow ModelServer: in small, of tf-katas")
    print(f"TensorFlow Library: {tf.__version__}")


def serve(options: Options) -> None:
    read = files(options)
    with silent_unless_it_fails():
        from lab.serving.embedded import EmbeddedServer
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda *_: sys.exit())
    server = EmbeddedServer(
        read.models,
        settings_of(options),
        grpc_of(options),
        rest_of(options),
        read.monitoring,
        packs=options.enable_serialization_as_tensor_content,
        is_whole=False,
        log=lambda line: print(line, file=sys.stderr, flush=True),
    )
    with server:
        print(f"Running gRPC ModelServer at {server.target} ...", flush=True)
        if server.url:
            print(f"Exporting HTTP/REST API at {server.url} ...", flush=True)
        apply_file_again_and_again(server, options)


def settings_of(options: Options) -> Settings:
    from lab.serving.core import Settings

    return Settings(
        labels_for_unavailable=options.allow_version_labels_for_unavailable_models,
        seconds_between_looks=options.file_system_poll_wait_seconds,
        most_retries=options.max_num_load_retries,
        seconds_between_tries=options.load_retry_interval_micros / 1e6,
        tags=tuple(options.saved_model_tags.split(",")),
        replays=max(1, options.num_request_iterations_for_warmup)
        if options.enable_model_warmup
        else 0,
    )


def grpc_of(options: Options) -> GrpcOptions:
    from lab.serving.grpc_api import GrpcOptions

    addresses = [f"127.0.0.1:{options.port}"] if options.port else []
    if options.grpc_socket_path:
        addresses.append(f"unix:{options.grpc_socket_path}")
    threads, health = options.grpc_max_threads, options.enable_grpc_healthcheck_service
    return GrpcOptions(addresses, threads, channel_of(options), health)


def rest_of(options: Options) -> RestOptions | None:
    from lab.serving.embedded import RestOptions

    if not options.rest_api_port:
        return None
    if options.rest_api_port == options.port:
        print(
            "server_options.http_port cannot be same as grpc_port. Please use a different port "
            "for HTTP/REST API. Skipped exporting HTTP/REST API.",
            flush=True,
        )
        return None
    seconds = options.rest_api_timeout_in_ms / 1000
    return RestOptions(
        options.rest_api_port,
        options.rest_api_num_threads,
        seconds if seconds > 0 else None,
        options.rest_api_enable_cors_support,
    )


def apply_file_again_and_again(server: EmbeddedServer, options: Options) -> None:
    """Apply the file of models every so many seconds, changed or not, if the flags say so.

    So a file that is polled undoes what a reload by RPC has done.
    """
    seconds = options.model_config_file_poll_wait_seconds if options.model_config_file else 0
    while seconds <= 0:
        time.sleep(3600)
    while True:
        time.sleep(seconds)
        try:
            server.core.reload(models_of(options))
        except (RefusedError, OSError) as error:
            print(f"The file of models is not applied: {error}", file=sys.stderr, flush=True)
