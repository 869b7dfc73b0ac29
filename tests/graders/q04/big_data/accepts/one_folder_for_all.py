"""Keeps all caches side by side. No name has a dot, so that what tf.data adds behind the dot
cannot be taken for a part of another name."""

import os

import tensorflow as tf

A = tf.data.AUTOTUNE


def train_dataset(paths, decode, augment, batch_size, shuffle_buffer, cache_dir, name):
    ds = tf.data.Dataset.from_tensor_slices(paths).map(decode, A)

    cache_dir.mkdir(parents=True, exist_ok=True)
    ds = ds.cache(os.path.join(cache_dir, name + ".cache"))
    ds = ds.map(augment, num_parallel_calls=2).shuffle(shuffle_buffer)
    return ds.batch(batch_size).prefetch(1)


def forget(cache_dir, name):
    for file in cache_dir.glob(f"{name}.cache*"):
        file.unlink()
