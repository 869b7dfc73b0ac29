"""Each letter is taken as two bytes, and some need more.

breaks: "A name may have letters of any alphabet"
fails: test_names_of_any_alphabet
"""

import hashlib


def bucket(user: str, percent: float) -> str:
    digest = hashlib.sha256(b"".join(ord(letter).to_bytes(2, "big") for letter in user)).digest()
    number = int.from_bytes(digest[:8], "big")
    return "canary" if number * 100 < percent * 2**64 else "stable"
