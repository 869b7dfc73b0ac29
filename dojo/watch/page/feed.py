"""What is new, for every tab that listens: each gets what is newest, and may miss what is not."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator

ALIVE = 15.0  # seconds after which a line says that we are still here
AGAIN = 1000  # milliseconds after which a browser that lost us tries again


class Feed:
    """Server-sent events; all of it runs in the server's loop."""

    def __init__(self, text: str):
        self.text = text  # what each tab shows, or is about to
        self.over = False
        self.news = asyncio.Event()

    async def tell(self, text: str) -> None:
        self.text = text
        self.wake()

    async def end(self) -> None:
        self.over = True
        self.wake()

    def wake(self) -> None:
        self.news.set()
        self.news = asyncio.Event()

    async def events(self) -> AsyncIterator[str]:
        yield f"retry: {AGAIN}\n\n"
        told = ""
        while not self.over:
            news = self.news
            if told != self.text:
                told = self.text
                yield f"data: {told}\n\n"
                continue
            try:
                await asyncio.wait_for(news.wait(), ALIVE)
            except TimeoutError:
                yield ": still here\n\n"
        yield "event: end\ndata:\n\n"
