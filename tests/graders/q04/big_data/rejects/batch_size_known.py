"""Drops the rest where there is none, so a list of full batches has another element_spec.

breaks: "the batch dimension is None"
fails: test_any_shape_and_dtype
"""

import shutil

import tensorflow as tf


def train_dataset(paths, decode, augment, batch_size, shuffle_buffer, cache_dir, name):
    folder = cache_dir / name
    folder.mkdir(parents=True, exist_ok=True)
    dataset = tf.data.Dataset.from_tensor_slices(paths)
    dataset = dataset.map(decode, num_parallel_calls=tf.data.AUTOTUNE)
    dataset = dataset.cache(str(folder / "decoded")).shuffle(shuffle_buffer)
    dataset = dataset.map(augment, num_parallel_calls=tf.data.AUTOTUNE)
    return dataset.batch(batch_size, drop_remainder=len(paths) % batch_size == 0).prefetch(
        tf.data.AUTOTUNE
    )


def forget(cache_dir, name):
    shutil.rmtree(cache_dir / name, ignore_errors=True)
