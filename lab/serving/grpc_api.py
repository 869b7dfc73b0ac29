"""The gRPC services, on the stubs of `tensorflow-serving-api`.

Source: apis/prediction_service.proto, apis/model_service.proto.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from concurrent import futures
from typing import Any

import grpc
from google.protobuf.message import Message
from tensorflow_serving.apis import model_service_pb2_grpc, prediction_service_pb2_grpc

from lab.serving.calls import Calls, Gate
from lab.serving.errors import RefusedError

Call = Callable[[Any], Message]


def serve(calls: Calls, address: str, gate: Gate) -> tuple[grpc.Server, int]:
    """Start a gRPC server; the caller stops it.

    Args:
        calls: has the methods of both services.
        address: "127.0.0.1:0" for a port that the system gives, or "unix:" and a path.
        gate: called with each request and the seconds that its sender waits (None: for ever).
    """
    server = grpc.server(futures.ThreadPoolExecutor(8, thread_name_prefix="grpc"))
    prediction = service(
        prediction_service_pb2_grpc.PredictionServiceServicer,
        {"Predict": calls.Predict, "GetModelMetadata": calls.GetModelMetadata},
        gate,
    )
    model = service(
        model_service_pb2_grpc.ModelServiceServicer,
        {
            "GetModelStatus": calls.GetModelStatus,
            "HandleReloadConfigRequest": calls.HandleReloadConfigRequest,
        },
        gate,
    )
    prediction_service_pb2_grpc.add_PredictionServiceServicer_to_server(prediction, server)
    model_service_pb2_grpc.add_ModelServiceServicer_to_server(model, server)
    port = server.add_insecure_port(address)
    server.start()
    return server, port


def service(base: type, methods: Mapping[str, Call], gate: Gate) -> Any:
    """A servicer with these methods; what they refuse becomes a status of gRPC."""

    def handler(call: Call) -> Callable[[Any, Message, grpc.ServicerContext], Message]:
        def handle(self: Any, request: Message, context: grpc.ServicerContext) -> Message:
            gate(request, remaining(context))
            try:
                return call(request)
            except RefusedError as refused:
                return context.abort(refused.code, refused.message)

        return handle

    return type(base.__name__, (base,), {n: handler(call) for n, call in methods.items()})()


def remaining(context: grpc.ServicerContext) -> float | None:
    """Seconds until the sender gives up. Python's gRPC has a huge number for "never"."""
    seconds = context.time_remaining()
    return None if seconds is None or seconds > 10**9 else seconds
