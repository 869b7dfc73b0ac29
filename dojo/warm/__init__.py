"""TensorFlow imported once, then run after run.

    client ──request──▶ server ── forks ──▶ an answering process, which supervises the run
           ◀────── progress, then the result ──────

- `address` says where the warm process of a checkout is found.
- `server` waits on a socket that only its user can open, and has every request judged.
- `client` starts it, asks it, and stops it.
"""
