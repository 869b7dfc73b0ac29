"""Shuffles in a buffer for all images, which do not fit into memory.

breaks: "from a buffer of `shuffle_buffer` images"
fails: test_cached_epochs_are_shuffled_anew
"""

import shutil

import tensorflow as tf

A = tf.data.AUTOTUNE


def train_dataset(paths, decode, augment, batch_size, shuffle_buffer, cache_dir, name):
    ds = tf.data.Dataset.from_tensor_slices(paths).map(decode, A)
    (cache_dir / name).mkdir(parents=True, exist_ok=True)
    ds = ds.cache(str(cache_dir / name / "decoded"))
    return ds.shuffle(len(paths)).map(augment, A).batch(batch_size).prefetch(A)


def forget(cache_dir, name):
    shutil.rmtree(cache_dir / name, ignore_errors=True)
