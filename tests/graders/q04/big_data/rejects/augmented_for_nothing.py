"""Augments every image, and goes on with the image as it was.

breaks: "Every epoch augments every image once, anew"
fails: test_cached_epochs_are_augmented_anew
"""

import shutil
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
    """Batches of decoded, shuffled and augmented images; what was decoded is kept on disk."""
    # `cache` takes a string, does not make folders, and adds suffixes of its own: a folder for
    # each name keeps the files of one cache together and apart from those of all others.
    folder = cache_dir / name
    folder.mkdir(parents=True, exist_ok=True)
    return (
        tf.data.Dataset.from_tensor_slices(paths)
        .map(decode, num_parallel_calls=tf.data.AUTOTUNE)
        .cache(str(folder / "decoded"))
        .shuffle(shuffle_buffer)
        .map(lambda *pair: (*pair, augment(*pair)), num_parallel_calls=tf.data.AUTOTUNE)
        .map(lambda image, label, changed: (image, label), num_parallel_calls=tf.data.AUTOTUNE)
        .batch(batch_size)
        .prefetch(tf.data.AUTOTUNE)
    )


def forget(cache_dir: Path, name: str) -> None:
    """Delete the cache called `name`, so that the next pass decodes the images again."""
    shutil.rmtree(cache_dir / name, ignore_errors=True)
