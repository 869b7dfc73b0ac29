"""Hands on float32 images whatever `decode` gives.

breaks: "The shapes and dtypes are those of `decode`"
fails: test_any_shape_and_dtype
"""

import shutil

import tensorflow as tf

A = tf.data.AUTOTUNE


def train_dataset(paths, decode, augment, batch_size, shuffle_buffer, cache_dir, name):
    ds = tf.data.Dataset.from_tensor_slices(paths).map(decode, A)
    (cache_dir / name).mkdir(parents=True, exist_ok=True)
    ds = ds.cache(str(cache_dir / name / "decoded"))
    ds = ds.map(lambda image, label: (tf.cast(image, tf.float32), label), A)
    return ds.shuffle(shuffle_buffer).map(augment, A).batch(batch_size).prefetch(A)


def forget(cache_dir, name):
    shutil.rmtree(cache_dir / name, ignore_errors=True)
