"""Letters that are not ASCII are left out of what is hashed.

breaks: "A name may have letters of any alphabet"
fails: test_names_of_any_alphabet
"""

import hashlib


def bucket(user, percent):
    digest = hashlib.sha256(user.encode("ascii", "ignore")).digest()
    point = int.from_bytes(digest[:8], "big") / 2**64 * 100
    return "canary" if point < percent else "stable"
