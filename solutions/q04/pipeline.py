"""A training pipeline whose every stage stands where it earns its place."""

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
        .map(augment, num_parallel_calls=tf.data.AUTOTUNE)
        .batch(batch_size)
        .prefetch(tf.data.AUTOTUNE)
    )
