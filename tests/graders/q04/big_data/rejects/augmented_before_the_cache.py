"""Augments before the cache, so the random numbers are on disk for ever.

breaks: "Every epoch augments every image once, anew"
fails: test_cached_epochs_are_augmented_anew
"""

import shutil

import tensorflow as tf

A = tf.data.AUTOTUNE


def train_dataset(paths, decode, augment, batch_size, shuffle_buffer, cache_dir, name):
    ds = tf.data.Dataset.from_tensor_slices(paths).map(decode, A)
    (cache_dir / name).mkdir(parents=True, exist_ok=True)

    ds = ds.map(augment, A).cache(str(cache_dir / name / "decoded"))
    return ds.shuffle(shuffle_buffer).batch(batch_size).prefetch(A)


def forget(cache_dir, name):
    shutil.rmtree(cache_dir / name, ignore_errors=True)
