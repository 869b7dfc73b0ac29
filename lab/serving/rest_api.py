"""The REST API: what is done with a request, by its method and path.

Source: model_servers/http_rest_api_handler.cc, http_rest_api_util.cc (the paths), http_server.cc
(what a status is in HTTP).
"""

from __future__ import annotations

import re
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import unquote

from google.protobuf import json_format
from google.protobuf.message import Message
from grpc import StatusCode
from tensorflow_serving.apis.classification_pb2 import ClassificationRequest
from tensorflow_serving.apis.get_model_metadata_pb2 import (
    GetModelMetadataRequest,
    SignatureDefMap,
)
from tensorflow_serving.apis.get_model_status_pb2 import GetModelStatusRequest
from tensorflow_serving.apis.predict_pb2 import PredictRequest
from tensorflow_serving.apis.regression_pb2 import RegressionRequest

from lab.serving.calls import Calls, Gate
from lab.serving.errors import RefusedError, invalid
from lab.serving.metrics import Metrics
from lab.serving.rest_examples import classified, input_of, regressed
from lab.serving.rest_json import answer, document, inputs_of, parse, quoted, signature_of
from lab.serving.servable import DEFAULT

CHOICE = r"(?:/versions/(?P<version>\d+)|/labels/(?P<label>[^/:]+))?"
ASKED = re.compile(
    rf"/v1/models/(?P<model>[^/:]+){CHOICE}:(?P<method>classify|regress|predict)", re.IGNORECASE
)
TOLD = re.compile(
    rf"/v1/models(?:/(?P<model>[^/:]+))?{CHOICE}(?:/(?P<metadata>metadata))?", re.IGNORECASE
)
HTTP = {
    StatusCode.OK: 200,
    StatusCode.CANCELLED: 499,
    StatusCode.INVALID_ARGUMENT: 400,
    StatusCode.DEADLINE_EXCEEDED: 504,
    StatusCode.NOT_FOUND: 404,
    StatusCode.ALREADY_EXISTS: 409,
    StatusCode.PERMISSION_DENIED: 403,
    StatusCode.RESOURCE_EXHAUSTED: 429,
    StatusCode.FAILED_PRECONDITION: 400,
    StatusCode.ABORTED: 409,
    StatusCode.OUT_OF_RANGE: 400,
    StatusCode.UNIMPLEMENTED: 501,
    StatusCode.UNAVAILABLE: 503,
    StatusCode.UNAUTHENTICATED: 401,
}
CORS = {
    "Access-Control-Allow-Origin": "*",
    "Access-Control-Allow-Methods": "POST, GET",
    "Access-Control-Allow-Headers": "Content-Type",
}


@dataclass(frozen=True)
class Request:
    """What came by HTTP: the path with its query, the headers in small letters."""

    method: str
    path: str
    headers: dict[str, str]
    body: bytes


@dataclass(frozen=True)
class Response:
    """What goes back: a status of HTTP, and a text."""

    status: int
    text: str = ""
    headers: dict[str, str] = field(default_factory=dict)


class RestApi:
    """Answers requests.

    Args:
        calls: has the methods of the services.
        gate: called with each request before it is answered.
        metrics: told of each request.
        monitoring: the path of the metrics; None if there are none.
        seconds: after which a computation is given up; None for never.
        cors: whether pages of other sites may ask.
    """

    def __init__(
        self,
        calls: Calls,
        gate: Gate,
        metrics: Metrics,
        *,
        monitoring: str | None = None,
        seconds: float | None = 30,
        cors: bool = False,
    ):
        self.calls, self.gate, self.metrics = calls, gate, metrics
        self.monitoring, self.seconds, self.cors = monitoring, seconds, cors
        self.methods: dict[str, Callable[[re.Match[str], dict[str, Any]], str]] = {
            "predict": self.predict,
            "classify": self.classify,
            "regress": self.regress,
        }

    def __call__(self, request: Request) -> Response:
        bare = request.path.partition("?")[0]
        if bare == self.monitoring:
            return self.metrics_page(request.path)
        if not request.path.lower().startswith("/v1/"):
            return Response(404, "<h1>Not Found</h1>\n", {"Content-Type": "text/html"})
        headers = {"Content-Type": "application/json", **(CORS if self.cors else {})}
        start, code, match, text = time.monotonic(), StatusCode.OK, None, ""
        try:
            if request.method == "OPTIONS":
                code = preflight(request.headers)
            else:
                match = self.matched(request)
                text = self.answered(match, request.body)
        except RefusedError as refused:
            code, text = refused.code, document("error", quoted(refused.message))
        self.count(match, code, time.monotonic() - start)
        return Response(HTTP.get(code, 500), text, headers)

    def metrics_page(self, path: str) -> Response:
        headers = {"Content-Type": "text/plain"}
        if path != self.monitoring:
            return Response(400, f"Unexpected path: {path}. Should be {self.monitoring}", headers)
        return Response(200, self.metrics.page(), headers)

    def matched(self, request: Request) -> re.Match[str]:
        pattern = {"POST": ASKED, "GET": TOLD}.get(request.method)
        match = pattern.fullmatch(request.path) if pattern else None
        if not match:
            raise invalid(f"Malformed request: {request.method} {request.path}")
        if match["version"] and int(match["version"]) >= 2**63:
            raise invalid(f"Failed to convert version: {match['version']} to numeric.")
        return match

    def answered(self, match: re.Match[str], body: bytes) -> str:
        if match.re is ASKED:
            return self.methods[match["method"].lower()](match, parse(body))
        if not match["model"]:
            raise invalid("Missing model name in request.")
        return self.metadata(match) if match["metadata"] else self.status(match)

    def count(self, match: re.Match[str] | None, code: StatusCode, seconds: float) -> None:
        found = match.groupdict() if match else {}
        model = unquote(found.get("model") or "")
        self.metrics.count(model, code.name)
        if code is StatusCode.OK:
            self.metrics.time(model, found.get("method") or "", "REST", seconds)

    def predict(self, match: re.Match[str], body: dict[str, Any]) -> str:
        request = addressed(PredictRequest(), match)
        name = signature_of(body)
        request.model_spec.signature_name = name
        with self.calls.core.using(request.model_spec) as (_, servable):
            name = name or DEFAULT
            if name not in servable.signatures:
                raise invalid(f'Serving signature name: "{name}" not found in signature def')
            inputs = servable.signatures[name].inputs
        if not inputs:
            raise invalid(f"Failed to get input map for signature: {name}")
        for key, proto in inputs_of(body, inputs).items():
            request.inputs[key].CopyFrom(proto)
        self.gate(request, None)
        outputs = self.calls.Predict(request, self.seconds).outputs
        return answer(outputs, is_row_by_row="instances" in body)

    def classify(self, match: re.Match[str], body: dict[str, Any]) -> str:
        request = addressed(ClassificationRequest(), match)
        request.model_spec.signature_name = signature_of(body)
        request.input.CopyFrom(input_of(body))
        self.gate(request, None)
        return classified(self.calls.Classify(request, self.seconds).result)

    def regress(self, match: re.Match[str], body: dict[str, Any]) -> str:
        request = addressed(RegressionRequest(), match)
        request.model_spec.signature_name = signature_of(body)
        request.input.CopyFrom(input_of(body))
        self.gate(request, None)
        return regressed(self.calls.Regress(request, self.seconds).result)

    def status(self, match: re.Match[str]) -> str:
        request = addressed(GetModelStatusRequest(), match)
        self.gate(request, None)
        return plain(self.calls.GetModelStatus(request))

    def metadata(self, match: re.Match[str]) -> str:
        request = addressed(GetModelMetadataRequest(metadata_field=["signature_def"]), match)
        self.gate(request, None)
        response, signatures = self.calls.GetModelMetadata(request), SignatureDefMap()
        response.metadata["signature_def"].Unpack(signatures)
        found = f'{{"signature_def": {plain(signatures)}}}'
        return f'{{\n"model_spec": {plain(response.model_spec)},\n"metadata": {found}\n}}\n'


def preflight(headers: dict[str, str]) -> StatusCode:
    is_origin = re.search("https?://", headers.get("origin", ""))
    return StatusCode.OK if is_origin else StatusCode.FAILED_PRECONDITION


def addressed(request: Any, match: re.Match[str]) -> Any:
    request.model_spec.name = unquote(match["model"])
    if match["version"]:
        request.model_spec.version.value = int(match["version"])
    if match["label"]:
        request.model_spec.version_label = unquote(match["label"])
    return request


def plain(message: Message) -> str:
    return json_format.MessageToJson(
        message,
        indent=1,
        preserving_proto_field_name=True,
        always_print_fields_with_no_presence=True,
    )
