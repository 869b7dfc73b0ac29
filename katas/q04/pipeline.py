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
    """Build the input of a training job: batches of decoded, shuffled and augmented images.

    >>> decode = lambda path: (tf.zeros([2, 2, 3]), tf.strings.to_number(path, tf.int32))
    >>> augment = lambda image, label: (image + tf.random.uniform([]), label)
    >>> dataset = train_dataset(["1", "2", "3"], decode, augment, 2, shuffle_buffer=3)
    >>> [images.shape for images, _ in dataset]
    [TensorShape([2, 2, 2, 3]), TensorShape([1, 2, 2, 3])]
    >>> sorted(int(label) for _, labels in dataset for label in labels)
    [1, 2, 3]

    `decode` makes an image and a label from one path. It is slow, and gives the same result every
    time. `augment` changes one image at random. Both are made of TensorFlow ops. The decoded
    images fit into memory. One pass over the dataset is an epoch.

    The tests read the stages that your dataset declares. A stage that copies to a device cannot
    be read in this way.

    Returns:
        A dataset of pairs `(images, labels)`.

        - Every epoch has every image once, and the last batch holds what is left.
        - Building the dataset decodes nothing.
        - The first epoch decodes every image once, and later epochs decode none.
        - Every epoch augments every image once, anew.
        - In every epoch other images come together in a batch.
        - Their order is drawn from a buffer of `shuffle_buffer` images.
        - The stages of `decode` and `augment` declare parallel calls: more than one, or AUTOTUNE.
        - The last stage prefetches at least one batch.

    Beyond the idea:
        - The shapes and dtypes are those of `decode`; the batch dimension in front is None.
        - An error in `decode` ends the pass, so no image is left out in silence.
    """
    raise NotImplementedError
