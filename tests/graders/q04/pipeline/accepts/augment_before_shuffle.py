"""Shuffles what is augmented already: the buffer holds the variants."""

import tensorflow as tf

A = tf.data.AUTOTUNE
D = tf.data.Dataset


def train_dataset(paths, decode, augment, batch_size, shuffle_buffer):
    ds = D.from_tensor_slices(paths).map(decode, num_parallel_calls=A, deterministic=False).cache()
    ds = ds.map(lambda image, label: augment(image, label), num_parallel_calls=A)
    return ds.shuffle(shuffle_buffer).batch(batch_size, num_parallel_calls=A).prefetch(A)
