"""The name of the machine is hashed, too.

breaks: "Every process gives the same answer"
fails: test_every_machine_gives_the_same
"""

import hashlib
import socket


def bucket(user: str, percent: float) -> str:
    """Decide which version a user gets while a new one is tried out on a few."""
    digest = hashlib.sha256(f"{socket.gethostname()} {user}".encode()).digest()
    share = int.from_bytes(digest[:8], "big") / 2**64  # in [0, 1), the same for this user for ever
    return "canary" if share * 100 < percent else "stable"
