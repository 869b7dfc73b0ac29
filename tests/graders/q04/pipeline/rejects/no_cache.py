"""Has no cache, so every epoch decodes every image.

breaks: "later epochs decode none"
fails: test_every_image_is_decoded_once
"""

import tensorflow as tf

A = tf.data.AUTOTUNE
D = tf.data.Dataset


def train_dataset(paths, decode, augment, batch_size, shuffle_buffer):
    return (
        D.from_tensor_slices(paths)
        .map(decode, A)
        .shuffle(shuffle_buffer)
        .map(augment, A)
        .batch(batch_size)
        .prefetch(A)
    )
