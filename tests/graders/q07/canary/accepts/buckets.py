"""Ten thousand buckets, by MD5."""

from hashlib import md5

BUCKETS = 10_000


def bucket(user: str, percent: float) -> str:
    number = int(md5(f"rollout/{user}".encode()).hexdigest(), 16) % BUCKETS
    return ("stable", "canary")[number < percent * BUCKETS / 100]
