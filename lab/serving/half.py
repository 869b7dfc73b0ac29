"""Half a server: it takes a request by HTTP, says a few words, and no more."""

from __future__ import annotations

import socketserver
import threading
from collections.abc import Iterator
from contextlib import contextmanager

HEAD = b"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: 99\r\n\r\n"
LONGEST_SILENCE = 10.0  # seconds


@contextmanager
def half_a_server(words: bytes, *, hangs_up: bool) -> Iterator[tuple[str, list[bytes]]]:
    """A server that says `words` to whoever asks; then it hangs up, or is silent.

    Yields:
        Its URL, and the requests that it gets, or as much of each as comes at once.
    """
    received: list[bytes] = []
    over = threading.Event()

    class Answer(socketserver.BaseRequestHandler):
        def handle(self) -> None:
            received.append(self.request.recv(1 << 16))
            self.request.sendall(words)
            if not hangs_up:
                over.wait(LONGEST_SILENCE)

    with socketserver.ThreadingTCPServer(("127.0.0.1", 0), Answer) as server:
        thread = threading.Thread(target=server.serve_forever, args=(0.02,), daemon=True)
        thread.start()
        try:
            yield f"http://127.0.0.1:{server.server_address[1]}", received
        finally:
            over.set()
            server.shutdown()
            thread.join()
