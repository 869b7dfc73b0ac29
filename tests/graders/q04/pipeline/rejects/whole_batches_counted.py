"""Takes as many batches as the usual `steps_per_epoch`, the number of images // batch size.

breaks: "the last batch holds what is left"
fails: test_an_epoch_has_every_image_once
"""

import tensorflow as tf

A = tf.data.AUTOTUNE
D = tf.data.Dataset


def train_dataset(paths, decode, augment, batch_size, shuffle_buffer):
    return (
        D.from_tensor_slices(paths)
        .map(decode, A)
        .cache()
        .shuffle(shuffle_buffer)
        .map(augment, A)
        .batch(batch_size)
        .take(len(paths) // batch_size)
        .prefetch(A)
    )
