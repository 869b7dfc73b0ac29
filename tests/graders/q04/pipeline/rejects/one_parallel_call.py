"""Asks for one parallel call, which is one at a time.

breaks: "more than one"
fails: test_decode_and_augment_run_in_parallel
"""

import tensorflow as tf

A = tf.data.AUTOTUNE
D = tf.data.Dataset


def train_dataset(paths, decode, augment, batch_size, shuffle_buffer):
    return (
        D.from_tensor_slices(paths)
        .map(decode, num_parallel_calls=1)
        .cache()
        .shuffle(shuffle_buffer)
        .map(augment, A)
        .batch(batch_size)
        .prefetch(A)
    )
