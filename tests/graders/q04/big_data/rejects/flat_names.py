"""Keeps all caches side by side under their plain names. tf.data writes a cache called train to
files called train_0 first, which are those of the cache train_0.

breaks: "Names may begin or end alike"
fails: test_names_that_begin_or_end_alike
"""

import os
import re

import tensorflow as tf

A = tf.data.AUTOTUNE


def train_dataset(paths, decode, augment, batch_size, shuffle_buffer, cache_dir, name):
    ds = tf.data.Dataset.from_tensor_slices(paths).map(decode, A)

    cache_dir.mkdir(parents=True, exist_ok=True)
    ds = ds.cache(os.path.join(cache_dir, name))
    ds = ds.map(augment, num_parallel_calls=2).shuffle(shuffle_buffer)
    return ds.batch(batch_size).prefetch(1)


def forget(cache_dir, name):
    for file in cache_dir.glob("*"):
        if re.fullmatch(
            re.escape(name) + r"(_\d+)?\.(index|lockfile|data-.*|.*tempstate.*)", file.name
        ):
            file.unlink()
