"""Repeats for ever inside, so that no epoch ends.

breaks: "Every epoch has every image once"
fails: test_an_epoch_has_every_image_once, test_every_epoch_augments_anew, test_every_epoch_mixes_other_batches, test_every_image_is_decoded_once, test_shuffle_buffer_is_used
"""

import tensorflow as tf

A = tf.data.AUTOTUNE
D = tf.data.Dataset


def train_dataset(paths, decode, augment, batch_size, shuffle_buffer):
    return (
        D.from_tensor_slices(paths)
        .map(decode, A)
        .cache()
        .repeat()
        .shuffle(shuffle_buffer)
        .map(augment, A)
        .batch(batch_size)
        .prefetch(A)
    )
