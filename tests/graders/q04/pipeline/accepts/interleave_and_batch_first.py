"""Decodes in a parallel interleave, and augments whole batches one image at a time."""

import tensorflow as tf

A = tf.data.AUTOTUNE
D = tf.data.Dataset


def train_dataset(paths, decode, augment, batch_size, shuffle_buffer):
    ds = D.from_tensor_slices(paths)
    ds = ds.interleave(
        lambda p: D.from_tensors(p).map(decode), cycle_length=4, num_parallel_calls=A
    )
    ds = ds.cache().shuffle(shuffle_buffer).batch(batch_size)

    def whole_batch(images, labels):
        return tf.map_fn(lambda pair: augment(*pair), (images, labels))

    return ds.map(whole_batch, num_parallel_calls=A).prefetch(1)
