"""Has no cache: every epoch decodes every image.

fails: test_second_epoch_decodes_nothing
"""

import tensorflow as tf

A = tf.data.AUTOTUNE
D = tf.data.Dataset


def train_dataset(paths, decode, augment, batch_size, shuffle_buffer):
    return (
        D.from_tensor_slices(paths)
        .map(decode, A)
        .shuffle(shuffle_buffer)
        .map(augment, A)
        .batch(batch_size)
        .prefetch(A)
    )
