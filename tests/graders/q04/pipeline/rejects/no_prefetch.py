"""Does not prefetch.

breaks: "The last stage prefetches"
fails: test_prefetch_is_the_last_stage
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
        .batch(batch_size)
    )
