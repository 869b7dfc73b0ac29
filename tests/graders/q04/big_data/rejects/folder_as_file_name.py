"""Hands the folder itself to `cache`, and so the same files to all names.

breaks: "The cache of one name never serves another name"
fails: test_forget_leaves_alone_what_is_being_written, test_names_keep_caches_apart, test_names_that_begin_or_end_alike
"""

import shutil

import tensorflow as tf

A = tf.data.AUTOTUNE


def train_dataset(paths, decode, augment, batch_size, shuffle_buffer, cache_dir, name):
    ds = tf.data.Dataset.from_tensor_slices(paths).map(decode, A)

    cache_dir.mkdir(parents=True, exist_ok=True)
    ds = ds.cache(str(cache_dir) + "/")
    return ds.shuffle(shuffle_buffer).map(augment, A).batch(batch_size).prefetch(A)


def forget(cache_dir, name):
    shutil.rmtree(cache_dir, ignore_errors=True)
