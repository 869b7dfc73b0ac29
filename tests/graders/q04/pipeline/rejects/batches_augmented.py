"""Augments whole batches with a function that is made for one image.

breaks: "Every epoch augments every image once"
fails: test_every_epoch_augments_anew
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
        .batch(batch_size)
        .map(augment, A)
        .prefetch(A)
    )
