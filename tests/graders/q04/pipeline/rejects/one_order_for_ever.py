"""Shuffles once and keeps this order in all epochs.

breaks: "In every epoch other images come together"
fails: test_every_epoch_mixes_other_batches, test_shuffle_buffer_is_used
"""

import tensorflow as tf

A = tf.data.AUTOTUNE
D = tf.data.Dataset


def train_dataset(paths, decode, augment, batch_size, shuffle_buffer):
    return (
        D.from_tensor_slices(paths)
        .map(decode, A)
        .cache()
        .shuffle(shuffle_buffer, reshuffle_each_iteration=False)
        .map(augment, A)
        .batch(batch_size)
        .prefetch(A)
    )
