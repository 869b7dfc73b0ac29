"""Decodes paths in chunks, and zips with a counter as one does for seeds."""

import tensorflow as tf

A = tf.data.AUTOTUNE
D = tf.data.Dataset


def train_dataset(paths, decode, augment, batch_size, shuffle_buffer):
    ds = D.from_tensor_slices(paths)
    spec = ds.map(decode).element_spec
    ds = ds.batch(5)
    ds = ds.map(
        lambda chunk: tf.map_fn(decode, chunk, fn_output_signature=spec),
        num_parallel_calls=A,
    )
    ds = ds.unbatch().cache().shuffle(shuffle_buffer, seed=3)
    ds = D.zip((ds, D.counter()))
    ds = ds.map(lambda pair, number: augment(*pair), num_parallel_calls=4)
    return ds.batch(batch_size).prefetch(2)
