"""How the tests ask a server: by the generated stubs, and over one connection of HTTP."""

from __future__ import annotations

import http.client
import json
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import grpc
from tensorflow_serving.apis.model_service_pb2_grpc import ModelServiceStub
from tensorflow_serving.apis.prediction_service_pb2_grpc import PredictionServiceStub

from lab.serving.target import Server


@contextmanager
def stubs(
    server: Server, *options: tuple[str, Any]
) -> Iterator[tuple[PredictionServiceStub, ModelServiceStub]]:
    with grpc.insecure_channel(server.target, options=options) as channel:
        yield PredictionServiceStub(channel), ModelServiceStub(channel)


class Http:
    """A connection that stays open."""

    def __init__(self, url: str):
        self.connection = http.client.HTTPConnection(url.removeprefix("http://"), timeout=10)

    def __enter__(self) -> Http:
        return self

    def __exit__(self, *_: object) -> None:
        self.connection.close()

    def ask(self, method: str, path: str, body: Any = None) -> tuple[int, Any]:
        """The status, and the JSON that came with it."""
        if body is not None and not isinstance(body, bytes):
            body = json.dumps(body)
        self.connection.request(method, path, body)
        response = self.connection.getresponse()
        return response.status, json.load(response)

    def get(self, path: str) -> tuple[int, Any]:
        return self.ask("GET", path)

    def post(self, path: str, body: Any) -> tuple[int, Any]:
        return self.ask("POST", path, body)
