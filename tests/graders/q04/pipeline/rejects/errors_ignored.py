"""Skips what cannot be decoded with `ignore_errors`, so that one bad file does not stop the job.

breaks: "An error in `decode` ends the pass"
fails: test_a_broken_image_is_not_left_out
"""

import tensorflow as tf

A = tf.data.AUTOTUNE
D = tf.data.Dataset


def train_dataset(paths, decode, augment, batch_size, shuffle_buffer):
    return (
        D.from_tensor_slices(paths)
        .map(decode, A)
        .ignore_errors()
        .cache()
        .shuffle(shuffle_buffer)
        .map(augment, A)
        .batch(batch_size)
        .prefetch(A)
    )
