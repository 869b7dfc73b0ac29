"""HTTP for the REST API: HTTP/1.1 with connections that stay open, by uvicorn.

Source: util/net_http/server/internal/evhttp_server.cc and evhttp_request.cc.
"""

from __future__ import annotations

import asyncio
import gzip
import socket
import sys
import threading
import traceback
import zlib
from collections.abc import Awaitable, Callable, MutableMapping
from typing import Any

import anyio
import uvicorn

from lab.serving.rest_api import Request, Response, RestApi
from lab.serving.rest_json import document, quoted

LOOPBACK = "127.0.0.1"
QUEUE = 2048  # connections that wait to be accepted
PATIENCE = 1  # seconds at the end for a client that does not listen
Scope = MutableMapping[str, Any]
Receive = Callable[[], Awaitable[Scope]]
Send = Callable[[Scope], Awaitable[None]]


class HttpServer:
    """A context manager: serves a RestApi on this machine while its block runs.

    Args:
        api: answers the requests.
        port: 0 for one that the system gives.
        threads: how many requests are answered at a time.

    Attributes:
        url: where it is.
    """

    def __init__(self, api: RestApi, port: int = 0, threads: int = 8):
        self.api, self.threads = api, threads
        self.socket = socket.create_server((LOOPBACK, port), backlog=QUEUE)
        self.url = f"http://{LOOPBACK}:{self.socket.getsockname()[1]}"
        self.server = uvicorn.Server(
            uvicorn.Config(
                self.app,
                interface="asgi3",  # a bound method is not recognized as one
                http="h11",
                ws="none",
                lifespan="off",
                log_level="critical",
                server_header=False,
                timeout_graceful_shutdown=PATIENCE,
            )
        )

    def __enter__(self) -> HttpServer:
        self.thread = threading.Thread(target=self.run, name="rest", daemon=True)
        self.thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self.server.should_exit = True
        self.thread.join()
        self.socket.close()

    def run(self) -> None:
        asyncio.run(self.serve())

    async def serve(self) -> None:
        self.limiter = anyio.CapacityLimiter(self.threads)  # it belongs to the event loop
        await self.server.serve([self.socket])

    async def app(self, scope: Scope, receive: Receive, send: Send) -> None:
        body = await whole(receive)
        if body is None:
            return  # the sender is gone
        request = request_of(scope, body)
        response = await anyio.to_thread.run_sync(self.answer, request, limiter=self.limiter)
        data = response.text.encode(errors="surrogateescape")
        headers = {**response.headers, "Content-Length": str(len(data))}
        pairs = [(key.encode(), value.encode()) for key, value in headers.items()]
        await send({"type": "http.response.start", "status": response.status, "headers": pairs})
        await send({"type": "http.response.body", "body": data})

    def answer(self, request: Request) -> Response:
        try:
            return self.api(request)
        except Exception:
            traceback.print_exc(file=sys.stderr)
            return Response(500, document("error", quoted("Internal error")))


async def whole(receive: Receive) -> bytes | None:
    parts = []
    while True:
        event = await receive()
        if event["type"] == "http.disconnect":
            return None
        parts.append(event.get("body", b""))
        if not event.get("more_body"):
            return b"".join(parts)


def request_of(scope: Scope, body: bytes) -> Request:
    headers = {key.decode("latin-1"): value.decode("latin-1") for key, value in scope["headers"]}
    query = scope["query_string"].decode("latin-1")
    path = scope["raw_path"].decode("latin-1") + (f"?{query}" if query else "")
    if "gzip" in headers.get("content-encoding", "").lower():
        body = unzipped(body)
    return Request(scope["method"], path, headers, body)


def unzipped(body: bytes) -> bytes:
    """What cannot be read is nothing, as it is to the real server."""
    try:
        return gzip.decompress(body)
    except (OSError, EOFError, zlib.error):
        return b""
