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
    """Batches of decoded, shuffled and augmented images for training.

    The decoded images fit into memory. One pass over the result is one epoch.

    - Building the dataset decodes nothing. The first epoch decodes every image once, all later
      epochs decode none.
    - Every epoch augments every image once, anew.
    - Every epoch is in a new order: it is drawn from a buffer of `shuffle_buffer` images, so
      that other images come together in a batch.
    - `decode` and `augment` each work on several images at a time. The pipeline says so itself
      (`num_parallel_calls`, more than 1) and does not count on tf.data's optimizer.
    - While the model trains on one batch, the next is prepared: `prefetch` is the last stage,
      with room for at least one batch.
    - Every image comes once in an epoch; the last batch holds what is left.

    Args:
        paths: the image files.
        decode: from a path, a scalar string, to an image of fixed shape and its label, a scalar.
            Slow, and gives the same result every time. TensorFlow ops: to be called in the
            pipeline.
        augment: from one image and its label to a randomly changed image and the label.
        batch_size: images in a batch.
        shuffle_buffer: images in the shuffle buffer.

    Returns:
        A dataset of (images, labels), with the shapes and dtypes of `decode` and a batch
        dimension of unknown size in front.
    """
    raise NotImplementedError
