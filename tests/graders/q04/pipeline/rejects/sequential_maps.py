"""Maps without `num_parallel_calls`.

breaks: "declare parallel calls"
fails: test_decode_and_augment_run_in_parallel
"""

import tensorflow as tf

A = tf.data.AUTOTUNE
D = tf.data.Dataset


def train_dataset(paths, decode, augment, batch_size, shuffle_buffer):
    return (
        D.from_tensor_slices(paths)
        .map(decode)
        .cache()
        .shuffle(shuffle_buffer)
        .map(augment)
        .batch(batch_size)
        .prefetch(A)
    )
