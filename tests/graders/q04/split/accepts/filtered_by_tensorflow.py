"""Asks TensorFlow for the hash and filters one dataset twice."""

import tensorflow as tf

BUCKETS = 1_000_000


def split(paths, validation_share):
    def for_validation(path):
        drive = tf.strings.split(path, "/")[-2]
        return tf.strings.to_hash_bucket_fast(drive, BUCKETS) < int(validation_share * BUCKETS)

    ds = tf.data.Dataset.from_tensor_slices(paths)
    training = ds.filter(lambda path: not for_validation(path))
    return training.shuffle(len(paths)), ds.filter(for_validation)
