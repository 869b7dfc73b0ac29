"""One prefix of file names for each cache, and `forget` deletes all files that begin with it."""

import tensorflow as tf


def train_dataset(paths, decode, augment, batch_size, shuffle_buffer, cache_dir, name):
    cache_dir.mkdir(parents=True, exist_ok=True)
    ds = tf.data.Dataset.from_tensor_slices(paths)
    ds = ds.map(decode, num_parallel_calls=tf.data.AUTOTUNE)
    ds = ds.cache(str(cache_dir / name))
    ds = ds.shuffle(shuffle_buffer)
    ds = ds.map(augment, num_parallel_calls=tf.data.AUTOTUNE)
    return ds.batch(batch_size).prefetch(tf.data.AUTOTUNE)


def forget(cache_dir, name):
    for file in cache_dir.glob(f"{name}*"):
        file.unlink()
