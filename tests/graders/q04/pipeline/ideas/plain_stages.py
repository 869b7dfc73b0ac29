"""The six stages in a row, with the batch size and the error handling of a tutorial."""

import tensorflow as tf


def train_dataset(paths, decode, augment, batch_size, shuffle_buffer):
    ds = tf.data.Dataset.from_tensor_slices(paths)
    ds = ds.map(decode, num_parallel_calls=tf.data.AUTOTUNE)
    ds = ds.ignore_errors().cache()
    ds = ds.shuffle(shuffle_buffer)
    ds = ds.map(augment, num_parallel_calls=tf.data.AUTOTUNE)
    return ds.batch(batch_size).prefetch(1)
