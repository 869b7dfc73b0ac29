"""A hundred buckets by a checksum of the name; nobody thinks of other alphabets."""

import zlib


def bucket(user: str, percent: float) -> str:
    number = zlib.crc32(user.encode("ascii")) % 100
    return "canary" if number < percent else "stable"
