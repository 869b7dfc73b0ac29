"""The same training pipeline for images that, once decoded, do not fit into memory."""

from collections.abc import Callable
from pathlib import Path

import tensorflow as tf


def train_dataset(
    paths: list[str],
    decode: Callable[[tf.Tensor], tuple[tf.Tensor, tf.Tensor]],
    augment: Callable[[tf.Tensor, tf.Tensor], tuple[tf.Tensor, tf.Tensor]],
    batch_size: int,
    shuffle_buffer: int,
    cache_dir: Path,
    name: str,
) -> tf.data.Dataset:
    """Batches of decoded, shuffled and augmented images; what was decoded is kept on disk.

    - After one whole pass, everything that `decode` gave lies in files somewhere in `cache_dir`.
    - From then on nobody reads the image files: neither later passes over this dataset, nor a
      dataset that the same call makes later, in this process or in another one. The image files
      may be gone by then.
    - What comes from the files is exactly what `decode` gave: same values, shapes and dtypes.
    - A pass that ends early (`take`, `break`) does not count as a whole one: the passes after it
      have all images.
    - Files made under one name never serve another name.
    - Every epoch augments every image once, anew, and is in a new order: it is drawn from a
      buffer of `shuffle_buffer` images. So also in an epoch that reads from the files only.

    A pass that ends with an error, or with the process, may leave something that stands in the
    way of the next pass, or misleads it, until somebody calls `forget`. What the files hold is
    not checked against the image files: who changes the images or `decode` calls `forget` or
    takes another name. One job at a time fills a cache.

    Args:
        paths: the image files, in the same order in every job. Two files in different folders
            may have the same name.
        decode: from a path, a scalar string, to an image of fixed shape and its label, a scalar.
        augment: from one image and its label to a randomly changed image and the label.
        batch_size: images in a batch; the last batch of an epoch holds what is left.
        shuffle_buffer: images in the shuffle buffer.
        cache_dir: a folder; made here, with its parents, if it does not exist.
        name: what the cache is called in `cache_dir`, for example "train" or "train_0". Letters,
            digits and underscores; no two names differ in upper and lower case only.

    Returns:
        A dataset of (images, labels), with the shapes and dtypes of `decode` and a batch
        dimension of unknown size in front.
    """
    raise NotImplementedError


def forget(cache_dir: Path, name: str) -> None:
    """Delete the cache called `name`, so that the next pass decodes the images again.

    Also deletes what a job left behind that was killed during its first pass. Touches no other
    cache in `cache_dir`. Does nothing if there is no such cache or folder.
    """
    raise NotImplementedError
