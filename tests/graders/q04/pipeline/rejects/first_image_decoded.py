"""Decodes the first image while the dataset is built, to know its shape.

breaks: "Building the dataset decodes nothing"
fails: test_building_decodes_nothing
"""

import tensorflow as tf

A = tf.data.AUTOTUNE
D = tf.data.Dataset


def train_dataset(paths, decode, augment, batch_size, shuffle_buffer):
    shape = decode(tf.constant(paths[0]))[0].shape

    def decode_to_shape(path):
        image, label = decode(path)
        return tf.ensure_shape(image, shape), label

    ds = D.from_tensor_slices(paths).map(decode_to_shape, A).cache().shuffle(shuffle_buffer)
    return ds.map(augment, A).batch(batch_size).prefetch(A)
