"""Fixes the batch size where no image is left over: another list, another element_spec.

fails: test_an_epoch_has_every_image_once
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
