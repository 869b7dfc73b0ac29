"""A supervised run: pytest in a child whose imports are done, followed to its end.

    Request ──▶ supervisor ──Job──▶ worker: pytest, in a process group of its own
    Result  ◀──            ◀─events──

- `preload` imports what every run needs and never runs an op, so that forking is safe.
- `spawn` starts children: by fork, or as a standby interpreter where fork is not safe.
- `worker` runs pytest in the child and tells what happens while it happens.
- `supervisor` follows the child, ends it when it hangs, and has the rest judged by another one.
"""
