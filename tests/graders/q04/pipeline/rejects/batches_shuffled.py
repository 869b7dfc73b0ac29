"""Shuffles batches, so the same images stay together.

breaks: "In every epoch other images come together"
fails: test_every_epoch_mixes_other_batches
"""

import tensorflow as tf

A = tf.data.AUTOTUNE
D = tf.data.Dataset


def train_dataset(paths, decode, augment, batch_size, shuffle_buffer):
    return (
        D.from_tensor_slices(paths)
        .map(decode, A)
        .cache()
        .map(augment, A)
        .batch(batch_size)
        .shuffle(shuffle_buffer)
        .prefetch(A)
    )
