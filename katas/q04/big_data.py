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
    """Build the input of a training job, and keep on disk what `decode` gave.

    >>> decode = lambda path: (tf.io.decode_raw(tf.io.read_file(path), tf.uint8), 7)
    >>> keep = lambda image, label: (image, label)
    >>> job = lambda: train_dataset(["1.raw"], decode, keep, 4, 10, Path("caches"), "train")
    >>> size = Path("1.raw").write_bytes(b"abc")
    >>> [images.numpy().tolist() for images, _ in job()]
    [[[97, 98, 99]]]
    >>> Path("1.raw").unlink()
    >>> [images.numpy().tolist() for images, _ in job()]
    [[[97, 98, 99]]]
    >>> forget(Path("caches"), "train")

    The arguments are those of `pipeline.py`, then the place and the name of the cache. A name has
    lower-case letters, digits and underscores, and belongs to one list of paths. Write the files
    when the dataset is built, or in its first pass. One job at a time writes a cache. Nobody
    compares the files with the images: if these change, somebody calls `forget`.

    Returns:
        A dataset of pairs `(images, labels)`, in batches.

        - After one whole pass, the decoded images are in files in `cache_dir`.
        - `cache_dir` and its parents are made if they do not exist.
        - From then on no epoch reads an image file.
        - A later job does not either, in another process that makes the same call.
        - The images and labels are exactly those that `decode` gave, all of them.
        - Every epoch augments every image once, anew.
        - Every epoch draws its order anew, from a buffer of `shuffle_buffer` images.
        - The cache of one name never serves another name.

    Beyond the idea:
        - Names may begin or end alike, such as `train`, `train_0` and `retrain`.
        - The shapes and dtypes are those of `decode`, and the batch dimension is None.
        - Two image files in different folders may have the same name.
        - A pass that ended early, with `take` or `break`, is not taken for a whole one.
    """
    raise NotImplementedError


def forget(cache_dir: Path, name: str) -> None:
    """Delete one cache.

    - The next job decodes the images again.
    - All other caches in `cache_dir` stay as they are.

    Beyond the idea:
        - Another cache stays as it is also while a job is writing it.
        - Without a cache or a folder, nothing happens.
        - If a job was killed in its first pass, the next one can start after `forget`.
    """
    raise NotImplementedError
