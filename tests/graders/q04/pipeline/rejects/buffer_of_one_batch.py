"""Shuffles in a buffer of one batch, "because that is what is trained on next".

breaks: "a buffer of `shuffle_buffer` images"
fails: test_shuffle_buffer_is_used
"""

import tensorflow as tf

A = tf.data.AUTOTUNE
D = tf.data.Dataset


def train_dataset(paths, decode, augment, batch_size, shuffle_buffer):
    return (
        D.from_tensor_slices(paths)
        .map(decode, A)
        .cache()
        .shuffle(batch_size)
        .map(augment, A)
        .batch(batch_size)
        .prefetch(A)
    )
