"""Names the folder by a short hash of the name, as if no two names could have the same one.

breaks: "The cache of one name never serves another name"
fails: test_names_keep_caches_apart
"""

import shutil
import zlib

import tensorflow as tf

A = tf.data.AUTOTUNE


def train_dataset(paths, decode, augment, batch_size, shuffle_buffer, cache_dir, name):
    ds = tf.data.Dataset.from_tensor_slices(paths).map(decode, A)
    folder = folder_of(cache_dir, name)
    folder.mkdir(parents=True, exist_ok=True)
    ds = ds.cache(str(folder / "decoded"))
    return ds.shuffle(shuffle_buffer).map(augment, A).batch(batch_size).prefetch(A)


def folder_of(cache_dir, name):
    return cache_dir / f"{zlib.crc32(name.encode()) % 25:02}"


def forget(cache_dir, name):
    shutil.rmtree(folder_of(cache_dir, name), ignore_errors=True)
