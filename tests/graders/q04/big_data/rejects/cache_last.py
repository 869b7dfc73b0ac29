"""Caches the finished batches at the end of the pipeline.

breaks: "Every epoch augments every image once, anew", "Every epoch draws its order anew"
fails: test_cached_epochs_are_augmented_anew, test_cached_epochs_are_shuffled_anew
"""

import shutil

import tensorflow as tf

A = tf.data.AUTOTUNE


def train_dataset(paths, decode, augment, batch_size, shuffle_buffer, cache_dir, name):
    ds = tf.data.Dataset.from_tensor_slices(paths).map(decode, A)
    (cache_dir / name).mkdir(parents=True, exist_ok=True)

    ds = ds.shuffle(shuffle_buffer).map(augment, A).batch(batch_size)
    return ds.cache(str(cache_dir / name / "batches")).prefetch(A)


def forget(cache_dir, name):
    shutil.rmtree(cache_dir / name, ignore_errors=True)
