"""Fills the cache with a pass of its own, so that the first epoch is as fast as the others. The
time is only spent earlier, while nothing trains.

breaks: "Building the dataset decodes nothing"
fails: test_a_broken_image_is_not_left_out, test_building_decodes_nothing, test_every_image_is_decoded_once
"""

import tensorflow as tf

A = tf.data.AUTOTUNE
D = tf.data.Dataset


def train_dataset(paths, decode, augment, batch_size, shuffle_buffer):
    decoded = D.from_tensor_slices(paths).map(decode, A).cache()
    for _ in decoded:
        pass
    return decoded.shuffle(shuffle_buffer).map(augment, A).batch(batch_size).prefetch(A)
