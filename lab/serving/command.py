"""What `python -m lab.serving` does.

TensorFlow is imported when there is something to serve: a wrong flag is told at once.
"""

from __future__ import annotations

import signal
import sys
import threading
from typing import TYPE_CHECKING

from dojo.quiet import silent_unless_it_fails
from lab.serving.errors import RefusedError
from lab.serving.options import Options, files, models_of, parse

if TYPE_CHECKING:
    from lab.serving.embedded import EmbeddedServer


def main(arguments: list[str]) -> None:
    """Say which server the tests use; or serve, with flags, until the process is ended."""
    if not arguments:
        with silent_unless_it_fails():  # TensorFlow greets whoever imports it
            from lab.serving.target import said
        print(said())
        return
    try:
        options = parse(["tensorflow_model_server", *arguments])
        if options.unknown:
            print(f"unknown argument: {options.unknown[0]}", flush=True)
        serve(options)
    except (RefusedError, OSError) as error:
        sys.exit(f"Failed to start server. Error: {error}")


def serve(options: Options) -> None:
    read, end = files(options), threading.Event()
    with silent_unless_it_fails():
        from lab.serving.embedded import EmbeddedServer
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda *_: end.set())
    socket = options.grpc_socket_path
    server = EmbeddedServer(
        read.models,
        monitoring=read.monitoring,
        labels_for_unavailable=options.allow_version_labels_for_unavailable_models,
        address=f"unix:{socket}" if socket else "127.0.0.1:0",
    )
    with server:
        print(f"Running gRPC ModelServer at {server.target} ...", flush=True)
        if options.rest_api_port:
            print(f"Exporting HTTP/REST API at {server.url} ...", flush=True)
        look_around(server, options, end)


def look_around(server: EmbeddedServer, options: Options, end: threading.Event) -> None:
    """Look for versions each second, and for another file of models if the flags say so."""
    models = models_of(options)
    while not end.wait(max(1, options.file_system_poll_wait_seconds)):
        try:
            server.poll()
            if options.model_config_file_poll_wait_seconds and models != models_of(options):
                models = models_of(options)
                server.core.reload(models)
        except (RefusedError, OSError) as error:
            print(error, flush=True)
