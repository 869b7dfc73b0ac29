"""TensorFlow imported once, then run after run.

    client ──Request──▶ server ──Job──▶ child: pytest in a fresh copy of the warm process
           ◀─progress──        ◀─events──
           ◀──Result──

- `preload` imports what every run needs and never runs an op, so that forking is safe.
- `child` runs pytest and tells what it does while it does it.
- `launch` starts children: by fork, or as a standby interpreter where fork is not safe.
- `supervise` follows a child, ends it when it hangs, and has the rest judged by another one.
- `server` does that for everyone who asks on its socket; `client` asks.

A cold run is the same without the socket: it preloads, then supervises a child of its own.
"""
