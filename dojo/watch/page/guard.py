"""Who may ask: the browser that was given the address, and no other page in it.

The token in the address keeps other users and other pages out. A request that does something has to
say that it comes from the page itself. Behind this guard another one looks at the host, which keeps
out names that somebody has pointed at this machine.
"""

from __future__ import annotations

import secrets

from starlette.datastructures import MutableHeaders
from starlette.requests import Request
from starlette.responses import PlainTextResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send

HEADERS = {
    "Content-Security-Policy": (
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; "
        "connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'; "
        "require-trusted-types-for 'script'; trusted-types 'none'"
    ),
    "Cache-Control": "no-store",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Referrer-Policy": "no-referrer",
    "X-Content-Type-Options": "nosniff",
}


class Guard:
    """Around all that the page consists of."""

    def __init__(self, app: ASGIApp, token: str):
        self.app, self.token = app, token

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        async def guarded(message: Message) -> None:
            if message["type"] == "http.response.start":
                MutableHeaders(scope=message).update(HEADERS)
            await send(message)

        refusal = self.refusal(Request(scope))
        app = PlainTextResponse(refusal, 403) if refusal else self.app
        await app(scope, receive, guarded)

    def refusal(self, request: Request) -> str:
        """Why the request is refused; empty if it is not."""
        given = request.url.path.split("/")[1]
        if not secrets.compare_digest(given.encode(), self.token.encode()):
            return "Open the whole address that the watch has printed."
        own = f"http://{request.headers.get('host')}"
        origin = request.headers.get("origin", own if request.method == "GET" else "")
        return "" if origin == own else "This is for the page itself, and for no other."
