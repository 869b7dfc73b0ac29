"""The server of the page: on this machine alone, and gone with the watch."""

from __future__ import annotations

import json
import secrets
import socket
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from html import escape
from pathlib import Path
from string import Template
from typing import Any

import uvicorn
from anyio.from_thread import start_blocking_portal
from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.middleware import Middleware
from starlette.middleware.trustedhost import TrustedHostMiddleware
from starlette.requests import Request
from starlette.responses import FileResponse, HTMLResponse, Response, StreamingResponse
from starlette.routing import Mount, Route

from dojo.watch.page.feed import Feed
from dojo.watch.page.guard import Guard
from dojo.watch.page.readme import Readme
from dojo.watch.page.view import view
from dojo.watch.state import State

HERE = Path(__file__).parent
LOOPBACK = "127.0.0.1"
OWN = ("page.css", "page.js", "icon.svg")
KEYS = {"hint": "h", "next": "n", "previous": "p", "run": "a"}  # a button, and the key it is like
PATIENCE = 1  # seconds at the end for a tab that does not listen


class Page:
    """Shows what it is told; what its buttons ask for is done by the watch.

    Args:
        state: of the watch. It is read in the watch's own thread only.
        put: called in the server's thread, with an event for the watch.

    Attributes:
        address: what to open.
    """

    def __init__(self, state: State, put: Callable[[Any], None]):
        self.put = put
        self.kata, self.root = state.stubs[0][0], state.catalogue.root
        self.stubs = {stub.id: stub for _, stub in state.stubs}
        self.candidate = False
        self.token = secrets.token_urlsafe(16)
        self.socket = socket.create_server((LOOPBACK, 0))
        self.address = f"http://{LOOPBACK}:{self.socket.getsockname()[1]}/{self.token}/"

    @contextmanager
    def served(self, state: State) -> Iterator[None]:
        """Serve the page meanwhile; nothing of it is left afterwards."""
        self.feed = Feed(self.text_of(state))
        config = uvicorn.Config(
            self.app(),
            lifespan="off",
            log_level="critical",
            timeout_graceful_shutdown=PATIENCE,
            ws="none",
        )
        server = uvicorn.Server(config)
        with self.socket, start_blocking_portal() as self.portal:
            serving = self.portal.start_task_soon(server.serve, [self.socket])
            try:
                yield
            finally:
                self.portal.call(self.feed.end)
                server.should_exit = True
                serving.result()

    def show(self, state: State) -> None:
        text = self.text_of(state)
        self.portal.call(self.feed.tell, text)

    def text_of(self, state: State) -> str:
        self.candidate = state.roles is not None and state.roles.mode == "interview"
        return json.dumps(view(state))

    def app(self) -> Starlette:
        routes = [
            Route("/", self.page),
            Route("/events", self.events),
            Route("/images/{path:path}", self.image),
            Route("/{name}", self.own),
            Route("/do/{action}", self.act, methods=["POST"]),
        ]
        guards = [
            Middleware(Guard, token=self.token),
            Middleware(TrustedHostMiddleware, allowed_hosts=[LOOPBACK, "localhost"]),
        ]
        return Starlette(routes=[Mount("/{token}", routes=routes)], middleware=guards)

    def readme(self) -> Readme:
        return Readme(self.kata.folder / "README.md", self.root, self.stubs, self.candidate)

    def page(self, request: Request) -> Response:
        page = Template((HERE / "page.html").read_text("utf-8"))
        kata, title = escape(self.kata.id), escape(self.kata.title)
        return HTMLResponse(page.substitute(kata=kata, title=title, readme=self.readme().html))

    def own(self, request: Request) -> Response:
        if (name := request.path_params["name"]) in OWN:
            return FileResponse(HERE / name)
        raise HTTPException(404)

    def image(self, request: Request) -> Response:
        """One that the README shows, and no other file."""
        if file := self.readme().images.get(request.path_params["path"]):
            return FileResponse(file)
        raise HTTPException(404)

    async def events(self, request: Request) -> Response:
        return StreamingResponse(self.feed.events(), media_type="text/event-stream")

    async def act(self, request: Request) -> Response:
        """Ask the watch; what came of it is in the feed."""
        action = request.path_params["action"]
        if action in KEYS:
            self.put(KEYS[action])
        elif action == "reset" and (stub := self.stubs.get(request.query_params.get("stub", ""))):
            self.put(("reset", self.kata, stub))
        else:
            raise HTTPException(404)
        return Response(status_code=204)
