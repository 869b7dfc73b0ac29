"""A model as a version that a running server takes up, all of it or nothing."""

import os
from collections.abc import Iterable

import keras
import numpy as np


def publish(
    model: keras.Model,
    base_dir: str | os.PathLike,
    warmup: Iterable[np.ndarray],
    version: int | None = None,
) -> int:
    """Put a model into a model server's folder, as a new version.

    A server may look into `base_dir` at any time, once a second, and takes whatever has a whole
    number for a name. So the version has to be complete when its name appears. `base_dir` may be
    on another file system than the folder for temporary files.

    Args:
        model: functional or subclassed, with one input and one output, built. It is served as it
            predicts, and for batches of every size.
        base_dir: the model's folder; made if it is not there. Its name is the model's name.
        warmup: rows of input, without the batch dimension. The server replays them when it loads
            the version: as requests to `serving_default`, one for each row, in order. A version
            has 1000 of them at the most. They are read once, and may be made as they are read.
        version: its number. By default, one more than the highest that is there, from 1.

    Returns:
        The number of the version.

    Raises:
        FileExistsError: if there is a version of this number; it stays as it is.
        ValueError: if there are more than 1000 rows to warm up with.

    Whatever is raised, by this function or by `warmup`: `base_dir` then has in it what it had.
    """
    raise NotImplementedError
