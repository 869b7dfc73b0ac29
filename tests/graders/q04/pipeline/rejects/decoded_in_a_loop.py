"""Decodes in a Python loop and makes a dataset of the results.

breaks: "Building the dataset decodes nothing"
fails: test_a_broken_image_is_not_left_out, test_building_decodes_nothing, test_decode_and_augment_run_in_parallel, test_every_image_is_decoded_once
"""

import tensorflow as tf

A = tf.data.AUTOTUNE
D = tf.data.Dataset


def train_dataset(paths, decode, augment, batch_size, shuffle_buffer):
    images, labels = zip(*[decode(tf.constant(path)) for path in paths])
    ds = D.from_tensor_slices((tf.stack(images), tf.stack(labels)))
    return ds.shuffle(shuffle_buffer).map(augment, A).batch(batch_size).prefetch(A)
