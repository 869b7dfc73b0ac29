"""Fixes the batch size where no image is left over, so another list has another element_spec.

breaks: "the batch dimension in front is None"
fails: test_shapes_and_dtypes_are_those_of_decode
"""

import tensorflow as tf

A = tf.data.AUTOTUNE
D = tf.data.Dataset


def train_dataset(paths, decode, augment, batch_size, shuffle_buffer):
    return (
        D.from_tensor_slices(paths)
        .map(decode, A)
        .cache()
        .shuffle(shuffle_buffer)
        .map(augment, A)
        .batch(batch_size, drop_remainder=len(paths) % batch_size == 0)
        .prefetch(A)
    )
