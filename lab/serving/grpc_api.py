"""The gRPC services, on the stubs of `tensorflow-serving-api`.

Source: apis/prediction_service.proto, apis/model_service.proto, model_servers/server.cc.
"""

from __future__ import annotations

import sys
import time
import traceback
from collections.abc import Callable, Sequence
from concurrent import futures
from dataclasses import dataclass
from typing import Any

import grpc
from google.protobuf.message import Message
from tensorflow_serving.apis import model_service_pb2_grpc, prediction_service_pb2_grpc
from tensorflow_serving.apis.model_service_pb2_grpc import ModelServiceServicer
from tensorflow_serving.apis.prediction_service_pb2_grpc import PredictionServiceServicer

from lab.serving.calls import Calls, Gate
from lab.serving.errors import RefusedError
from lab.serving.metrics import Metrics

PREDICTION = ("Predict", "Classify", "Regress", "MultiInference", "GetModelMetadata")
MODEL = ("GetModelStatus", "HandleReloadConfigRequest")
COUNTED = ("Predict", "Classify", "Regress")
LONGEST_MESSAGE = 1024  # characters of an error
Call = Callable[..., Message]
Channel = Sequence[tuple[str, Any]]


@dataclass(frozen=True)
class GrpcOptions:
    """How it listens.

    Attributes:
        addresses: such as "127.0.0.1:0" for a port that the system gives, or "unix:" and a path.
        threads: how many requests are answered at a time.
        channel: more arguments of the channel.
        health: whether there is the standard service for health checks.
    """

    addresses: Sequence[str] = ("127.0.0.1:0",)
    threads: int = 8
    channel: Channel = ()
    health: bool = False


def serve(calls: Calls, options: GrpcOptions, gate: Gate, metrics: Metrics) -> tuple[Any, int]:
    """Start a gRPC server; the caller stops it.

    Args:
        calls: has the methods of both services.
        options: where and how it listens.
        gate: called with each request and the seconds that its sender waits (None: for ever).
        metrics: told of each request.

    Returns:
        The server, and the port of its first address.
    """
    server = grpc.server(
        futures.ThreadPoolExecutor(options.threads, thread_name_prefix="grpc"),
        options=[
            ("grpc.max_receive_message_length", -1),
            ("grpc.max_send_message_length", -1),
            ("grpc.so_reuseport", 0),  # a port that is taken is an error
            *options.channel,
        ],
    )
    answer = Answer(calls, gate, metrics)
    prediction_service_pb2_grpc.add_PredictionServiceServicer_to_server(
        answer.servicer(PredictionServiceServicer, PREDICTION), server
    )
    model_service_pb2_grpc.add_ModelServiceServicer_to_server(
        answer.servicer(ModelServiceServicer, MODEL), server
    )
    if options.health:
        add_health(server)
    try:
        ports = [server.add_insecure_port(address) for address in options.addresses]
    except RuntimeError as error:
        raise OSError(f"Failed to BuildAndStart gRPC server: {error}") from None
    server.start()
    return server, ports[0]


@dataclass(frozen=True)
class Answer:
    """Makes servicers; what a call refuses becomes a status of gRPC."""

    calls: Calls
    gate: Gate
    metrics: Metrics

    def servicer(self, base: type, methods: Sequence[str]) -> Any:
        return type(base.__name__, (base,), {name: self.handler(name) for name in methods})()

    def handler(self, name: str) -> Call:
        call = getattr(self.calls, name)

        def handle(_: Any, request: Message, context: grpc.ServicerContext) -> Message:
            start, code = time.monotonic(), grpc.StatusCode.OK
            try:
                self.gate(request, remaining(context))
                return call(request, remaining(context))
            except RefusedError as refused:
                code = refused.code
                return context.abort(code, shortened(refused.message))
            except Exception:
                code = grpc.StatusCode.INTERNAL
                traceback.print_exc(file=sys.stderr)
                return context.abort(code, "Internal error")
            finally:
                self.count(name, request, code, time.monotonic() - start)

        return handle

    def count(self, name: str, request: Any, code: grpc.StatusCode, seconds: float) -> None:
        if name in COUNTED:
            model = request.model_spec.name
            self.metrics.count(model, code.name)
            if code is grpc.StatusCode.OK:
                self.metrics.time(model, name, "GRPC", seconds)


def shortened(message: str) -> str:
    is_long = len(message) > LONGEST_MESSAGE
    return f"{message[:LONGEST_MESSAGE]}...TRUNCATED" if is_long else message


def remaining(context: grpc.ServicerContext) -> float | None:
    """Seconds until the sender gives up. Python's gRPC has a huge number for "never"."""
    seconds = context.time_remaining()
    return None if seconds is None or seconds > 10**9 else seconds


def add_health(server: grpc.Server) -> None:
    """The standard health service, of the package grpcio-health-checking.

    Raises:
        OSError: if the package is not installed.
    """
    try:
        from grpc_health.v1 import health, health_pb2, health_pb2_grpc
    except ImportError:
        raise OSError("--enable_grpc_healthcheck_service needs grpcio-health-checking") from None
    servicer = health.HealthServicer()
    for name in ("", "ModelService", "PredictionService"):
        servicer.set(name, health_pb2.HealthCheckResponse.SERVING)
    health_pb2_grpc.add_HealthServicer_to_server(servicer, server)
