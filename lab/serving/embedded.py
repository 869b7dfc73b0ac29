"""The embedded server: the model server in small, in threads of this process."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field

import grpc
from google.protobuf.message import Message

from lab.serving import grpc_api
from lab.serving.calls import Calls
from lab.serving.core import Core, Settings
from lab.serving.encoding import encoded, packed
from lab.serving.errors import RefusedError
from lab.serving.grpc_api import GrpcOptions
from lab.serving.http_server import HttpServer
from lab.serving.messages import ModelServerConfig, MonitoringConfig
from lab.serving.metrics import PATH, Metrics
from lab.serving.rest_api import RestApi

LONGEST_HOLD = 5  # seconds; a client that never gives up is answered then
FOR_TESTS = Settings(labels_for_unavailable=True, most_retries=0)
Received = list[tuple[Message, float | None]]


@dataclass(frozen=True)
class RestOptions:
    """How it answers by REST.

    Attributes:
        port: 0 for one that the system gives.
        threads: how many requests are answered at a time.
        seconds: after which a computation is given up.
        cors: whether pages of other sites may ask.
    """

    port: int = 0
    threads: int = 8
    seconds: float | None = 30
    cors: bool = False


@dataclass
class EmbeddedServer:
    """A context manager: serves while its block runs.

    Attributes:
        config: the models.
        settings: how they are treated.
        grpc: how it listens for gRPC; by default on a port of 127.0.0.1 that the system gives.
        rest: how it listens for REST; by default it does not.
        monitoring: whether and where there are metrics; by default there are none.
        packs: whether outputs are packed into `tensor_content`.
        is_whole: whether it waits at its start until all versions are loaded. A real server listens
            as soon as each model has one.
        log: told what goes wrong in the background.
        target: the address for gRPC.
        url: the address for REST.
        may_look: an event; while it is cleared, the server does not look for versions.
        may_load: an event; while it is cleared, versions that are loading go on loading.

    Raises:
        RefusedError: if a server would not start.
        OSError: if a port is taken.
    """

    config: ModelServerConfig
    settings: Settings = field(default_factory=lambda: Settings(most_retries=0))
    grpc: GrpcOptions = field(default_factory=GrpcOptions)
    rest: RestOptions | None = None
    monitoring: Message = field(default_factory=MonitoringConfig)
    packs: bool = False
    is_whole: bool = True
    log: Callable[[str], None] = lambda _: None
    target: str = ""
    url: str = ""

    def __enter__(self) -> EmbeddedServer:
        self.open, self.recordings = threading.Event(), list[Received]()
        self.refuses = False
        self.open.set()
        with ExitStack() as stack:
            self.core = Core(self.settings, self.log)
            stack.callback(self.core.close)
            self.may_look = self.core.source.may_look
            self.may_load = self.core.manager.may_load
            self.core.start(self.config)
            if self.is_whole:
                self.core.manager.settle()
            self.listen(stack)
            stack.callback(self.open.set)
            self.stack = stack.pop_all()
        return self

    def listen(self, stack: ExitStack) -> None:
        metrics = Metrics()
        calls = Calls(self.core, packed if self.packs else encoded)
        server, port = grpc_api.serve(calls, self.grpc, self.gate, metrics)
        stack.callback(lambda: server.stop(None).wait())
        address = self.grpc.addresses[0]
        self.target = address if address.startswith("unix:") else f"127.0.0.1:{port}"
        if self.rest:
            prometheus = self.monitoring.prometheus_config
            api = RestApi(
                *(calls, self.gate, metrics),
                monitoring=(prometheus.path or PATH) if prometheus.enable else None,
                seconds=self.rest.seconds,
                cors=self.rest.cors,
            )
            http = HttpServer(api, self.rest.port, self.rest.threads)
            self.url = stack.enter_context(http).url

    def __exit__(self, *_: object) -> None:
        self.stack.close()

    def poll(self) -> None:
        """Have the server look for versions now, and wait until they are there or gone."""
        self.core.poll()

    @contextmanager
    def hold(self) -> Iterator[None]:
        """Requests get no answer until the block is left, or for some seconds."""
        self.open.clear()
        try:
            yield
        finally:
            self.open.set()

    @contextmanager
    def refuse(self) -> Iterator[None]:
        """Requests are refused as UNAVAILABLE until the block is left."""
        self.refuses = True
        try:
            yield
        finally:
            self.refuses = False

    @contextmanager
    def recording(self) -> Iterator[Received]:
        """The requests that come meanwhile, each with the seconds that its sender is going to wait.

        They are None for ever, or if they are not known, as by REST.
        """
        received: Received = []
        self.recordings.append(received)
        try:
            yield received
        finally:
            self.recordings.remove(received)

    def gate(self, request: Message, seconds: float | None) -> None:
        for received in self.recordings:
            received.append((request, seconds))
        if self.refuses:
            raise RefusedError(grpc.StatusCode.UNAVAILABLE, "The server is going down")
        self.open.wait(LONGEST_HOLD)
