"""Wraps the functions, fuses map and batch, and does not care for the order."""

import os

import tensorflow as tf

A = tf.data.AUTOTUNE
D = tf.data.Dataset


def train_dataset(paths, decode, augment, batch_size, shuffle_buffer):
    options = tf.data.Options()
    options.deterministic = False

    @tf.function
    def read(path):
        return decode(path)

    ds = D.from_tensor_slices(tf.constant(paths)).shuffle(len(paths))
    ds = ds.apply(lambda d: d.map(read, num_parallel_calls=os.cpu_count() + 1)).cache()
    ds = ds.shuffle(buffer_size=shuffle_buffer, reshuffle_each_iteration=True)
    ds = ds.apply(tf.data.experimental.map_and_batch(augment, batch_size, num_parallel_calls=A))
    return ds.with_options(options).prefetch(buffer_size=A)
