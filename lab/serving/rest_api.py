"""The REST API: predict, status, metadata and metrics.

Source: model_servers/http_rest_api_handler.cc, http_rest_api_util.cc (the paths), http_server.cc
(what a status is in HTTP).
"""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Callable
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import unquote

import tensorflow as tf
from google.protobuf import json_format
from google.protobuf.message import Message
from grpc import StatusCode
from tensorflow_serving.apis.get_model_metadata_pb2 import (
    GetModelMetadataRequest,
    SignatureDefMap,
)
from tensorflow_serving.apis.get_model_status_pb2 import GetModelStatusRequest
from tensorflow_serving.apis.predict_pb2 import PredictRequest

from lab.serving.calls import Calls, Gate
from lab.serving.errors import RefusedError, invalid
from lab.serving.messages import MonitoringConfig
from lab.serving.rest_json import answer, columns_of

MODEL = r"/v1/models/([^/:]+)(?:/versions/(\d+)|/labels/([^/:]+))?"
PREDICT = re.compile(MODEL + ":predict", re.IGNORECASE)
STATUS = re.compile(MODEL + "(/metadata)?", re.IGNORECASE)
METRICS = "/monitoring/prometheus/metrics"
HTTP = {
    StatusCode.INVALID_ARGUMENT: 400,
    StatusCode.FAILED_PRECONDITION: 400,
    StatusCode.NOT_FOUND: 404,
    StatusCode.UNIMPLEMENTED: 501,
    StatusCode.UNAVAILABLE: 503,
}


class RestServer(ThreadingHTTPServer):
    """Listens on 127.0.0.1, on a port that the system gives.

    Args:
        calls: has the methods of the services.
        monitoring: whether and where there are metrics.
        gate: called with each request before it is answered.
    """

    daemon_threads = True

    def __init__(self, calls: Calls, monitoring: MonitoringConfig, gate: Gate):
        self.calls, self.gate = calls, gate
        prometheus = monitoring.prometheus_config
        self.metrics = (prometheus.path or METRICS) if prometheus.enable else None
        self.requests: Counter[tuple[str, str]] = Counter()
        super().__init__(("127.0.0.1", 0), Handler)


class Handler(BaseHTTPRequestHandler):
    server: RestServer

    def log_message(self, *_: object) -> None:
        """Nobody reads a log here."""

    def do_GET(self) -> None:
        if self.path == self.server.metrics:
            self.send(200, metrics(self.server.requests), "text/plain")
        else:
            self.reply(self.look_up)

    def do_POST(self) -> None:
        body = self.rfile.read(int(self.headers.get("Content-Length", 0)))
        self.reply(lambda: self.predict(body))

    def reply(self, handle: Callable[[], dict[str, Any]]) -> None:
        try:
            self.send(200, json.dumps(handle()))
        except RefusedError as refused:
            error = json.dumps({"error": refused.message})
            self.send(HTTP.get(refused.code, 500), error)

    def send(self, status: int, text: str, kind: str = "application/json") -> None:
        data = text.encode()
        try:
            self.send_response(status)
            self.send_header("Content-Type", kind)
            self.send_header("Content-Length", str(len(data)))
            self.end_headers()
            self.wfile.write(data)
        except ConnectionError:
            pass  # the sender gave up

    def matched(self, pattern: re.Pattern[str]) -> re.Match[str]:
        match = pattern.fullmatch(self.path)
        if not match:
            raise invalid(f"Malformed request: {self.command} {self.path}")
        return match

    def look_up(self) -> dict[str, Any]:
        match = self.matched(STATUS)
        kind = GetModelMetadataRequest if match[4] else GetModelStatusRequest
        request = fill(kind(), match)
        self.server.gate(request, None)
        if not match[4]:
            return plain(self.server.calls.GetModelStatus(request))
        response, signatures = self.server.calls.GetModelMetadata(request), SignatureDefMap()
        response.metadata["signature_def"].Unpack(signatures)
        return {
            "model_spec": plain(response.model_spec),
            "metadata": {"signature_def": plain(signatures)},
        }

    def predict(self, body: bytes) -> dict[str, Any]:
        match = self.matched(PREDICT)
        request = fill(PredictRequest(), match)
        self.server.gate(request, None)
        status = "OK"
        try:
            return self.predicted(request, body)
        except RefusedError as refused:
            status = refused.code.name
            raise
        finally:
            self.server.requests[request.model_spec.name, status] += 1

    def predicted(self, request: PredictRequest, body: bytes) -> dict[str, Any]:
        try:
            sent = json.loads(body)
        except ValueError as error:
            raise invalid(f"JSON Parse error: {error}") from None
        if not isinstance(sent, dict):
            raise invalid("JSON Value is not object")
        name = request.model_spec.signature_name = sent.get("signature_name", "serving_default")
        _, servable = self.server.calls.core.find(request.model_spec)
        if name not in servable.signatures:
            raise invalid(f'Serving signature name: "{name}" not found in signature def')
        inputs = servable.signatures[name].inputs
        dtypes = {key: tf.as_dtype(info.dtype) for key, info in inputs.items()}
        for key, array in columns_of(sent, dtypes).items():
            request.inputs[key].CopyFrom(tf.make_tensor_proto(array, dtype=dtypes[key]))
        outputs = self.server.calls.Predict(request).outputs
        arrays = {key: tf.make_ndarray(proto) for key, proto in outputs.items()}
        return answer(arrays, is_row_by_row="instances" in sent)


def fill(request: Any, match: re.Match[str]) -> Any:
    request.model_spec.name = unquote(match[1])
    if match[2]:
        request.model_spec.version.value = int(match[2])
    if match[3]:
        request.model_spec.version_label = unquote(match[3])
    return request


def plain(message: Message) -> dict[str, Any]:
    return json_format.MessageToDict(
        message, preserving_proto_field_name=True, always_print_fields_with_no_presence=True
    )


def metrics(requests: Counter[tuple[str, str]]) -> str:
    """Counters in Prometheus' text format."""
    name = ":tensorflow:serving:request_count"
    lines = [f"# TYPE {name} counter"]
    for (model, status), count in sorted(requests.items()):
        lines.append(f'{name}{{model_name="{model}",status="{status}"}} {count}')
    return "\n".join(lines) + "\n"
