"""Augments every image, and goes on with the image as it was.

breaks: "Every epoch augments every image once, anew"
fails: test_every_epoch_augments_anew
"""

from collections.abc import Callable

import tensorflow as tf


def train_dataset(
    paths: list[str],
    decode: Callable[[tf.Tensor], tuple[tf.Tensor, tf.Tensor]],
    augment: Callable[[tf.Tensor, tf.Tensor], tuple[tf.Tensor, tf.Tensor]],
    batch_size: int,
    shuffle_buffer: int,
) -> tf.data.Dataset:
    """Batches of decoded, shuffled and augmented images for training."""
    return (
        tf.data.Dataset.from_tensor_slices(paths)
        .map(decode, num_parallel_calls=tf.data.AUTOTUNE)
        .cache()  # what is expensive and always the same stands before it
        .shuffle(shuffle_buffer)  # what is new in every epoch stands behind it
        .map(lambda *pair: (*pair, augment(*pair)), num_parallel_calls=tf.data.AUTOTUNE)
        .map(lambda image, label, changed: (image, label), num_parallel_calls=tf.data.AUTOTUNE)
        .batch(batch_size)
        .prefetch(tf.data.AUTOTUNE)
    )
