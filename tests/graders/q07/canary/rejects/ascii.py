"""Names are taken to be ASCII.

breaks: "A name may have letters of any alphabet"
fails: test_names_of_any_alphabet
"""

import hashlib


def bucket(user, percent):
    point = int.from_bytes(hashlib.sha256(user.encode("ascii")).digest()[:8], "big") / 2**64 * 100
    return "canary" if point < percent else "stable"
