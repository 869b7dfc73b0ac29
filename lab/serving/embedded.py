"""The embedded server: the model server in small, in threads of this process."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager

from google.protobuf.message import Message

from lab.serving import grpc_api
from lab.serving.calls import Calls
from lab.serving.core import Core
from lab.serving.messages import ModelServerConfig, MonitoringConfig
from lab.serving.rest_api import RestServer

LONGEST_HOLD = 5  # seconds; a client that never gives up is answered then


class EmbeddedServer:
    """A context manager: serves while its block runs.

    Args:
        config: the models.
        monitoring: whether and where there are metrics; by default there are none.
        labels_for_unavailable: whether labels may be given to versions that are not loaded yet.
        address: of gRPC; by default a port of 127.0.0.1 that the system gives.

    Attributes:
        target: the address for gRPC.
        url: the address for REST.
        received: all requests, in order, each with the seconds that its sender was going to wait
            (None: for ever, or not known, as with REST).

    Raises:
        RefusedError: if a server would not start.
    """

    def __init__(
        self,
        config: ModelServerConfig,
        *,
        monitoring: Message | None = None,
        labels_for_unavailable: bool = False,
        address: str = "127.0.0.1:0",
    ):
        self.core = Core(config, labels_for_unavailable)
        self.monitoring = MonitoringConfig() if monitoring is None else monitoring
        self.address = address
        self.received: list[tuple[Message, float | None]] = []
        self.open = threading.Event()
        self.open.set()

    def poll(self) -> None:
        """Have the server look for new versions, now."""
        self.core.poll()

    @contextmanager
    def hold(self) -> Iterator[None]:
        """Requests get no answer until the block is left, or for some seconds."""
        self.open.clear()
        try:
            yield
        finally:
            self.open.set()

    def gate(self, request: Message, seconds: float | None) -> None:
        self.received.append((request, seconds))
        self.open.wait(LONGEST_HOLD)

    def __enter__(self) -> EmbeddedServer:
        calls = Calls(self.core)
        self.rest = RestServer(calls, self.monitoring, self.gate)
        self.url = f"http://127.0.0.1:{self.rest.server_port}"
        self.thread = threading.Thread(target=self.rest.serve_forever, args=[0.02], daemon=True)
        self.thread.start()
        self.grpc, port = grpc_api.serve(calls, self.address, self.gate)
        is_tcp = not self.address.startswith("unix:")
        self.target = f"127.0.0.1:{port}" if is_tcp else self.address
        return self

    def __exit__(self, *_: object) -> None:
        self.open.set()
        self.rest.shutdown()
        self.thread.join()
        self.rest.server_close()
        self.grpc.stop(None).wait()
        self.core.close()
