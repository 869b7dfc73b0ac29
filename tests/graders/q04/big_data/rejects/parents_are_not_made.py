"""Makes `cache_dir`, but not its parents.

breaks: "`cache_dir` and its parents are made"
fails: test_first_epoch_writes_the_decoded_images
"""

import shutil

import tensorflow as tf

A = tf.data.AUTOTUNE


def train_dataset(paths, decode, augment, batch_size, shuffle_buffer, cache_dir, name):
    ds = tf.data.Dataset.from_tensor_slices(paths).map(decode, A)
    cache_dir.mkdir(exist_ok=True)
    (cache_dir / name).mkdir(exist_ok=True)
    ds = ds.cache(str(cache_dir / name / "decoded"))
    return ds.shuffle(shuffle_buffer).map(augment, A).batch(batch_size).prefetch(A)


def forget(cache_dir, name):
    shutil.rmtree(cache_dir / name, ignore_errors=True)
