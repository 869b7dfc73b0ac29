"""TensorFlow's own hash, which depends on nothing but the text."""

import tensorflow as tf

BUCKETS = 10_000_000


def bucket(user: str, percent: float) -> str:
    number = int(tf.strings.to_hash_bucket_strong(user, BUCKETS, key=[2026, 11]))
    return "canary" if number < percent / 100 * BUCKETS else "stable"
