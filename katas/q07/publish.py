"""A model as a version that a running server takes up, all of it or nothing."""

from collections.abc import Iterable
from pathlib import Path

import keras
import numpy as np


def publish(
    model: keras.Model, base_dir: Path, warmup: Iterable[np.ndarray], version: int | None = None
) -> int:
    """Put a model into the folder that a model server watches, as a new version.

    >>> from pathlib import Path
    >>> model = keras.Sequential([keras.Input([3]), keras.layers.Dense(1)])
    >>> publish(model, Path("fraud"), warmup=[np.float32([1, 2, 3])])
    1
    >>> publish(model, Path("fraud"), warmup=[np.float32([1, 2, 3])])
    2
    >>> sorted(path.name for path in Path("fraud/2").iterdir() if path.name != "fingerprint.pb")
    ['assets', 'assets.extra', 'saved_model.pb', 'variables']

    The server looks into `base_dir` every second. A folder named by a whole number is a version.
    The model is built, with one input and one output.

    - The server predicts what `model(rows)` gives.
    - A request may have any number of rows.
    - A version is complete when its name appears, even if the temporary folder is on another disk.
    - When the server loads it, it replays each row of `warmup` as a request of its own, in order.
    - `base_dir` is made if it is not there, with its parents.

    Args:
        warmup: rows of input, without the batch dimension.
        version: its number. By default, one more than the highest that is there, from 1.

    Returns:
        The number of the version.

    Raises:
        FileExistsError: a version of this number is there. It stays as it is.

    Beyond the idea:
        - The model may be subclassed, once it has been called.
        - Its input may have another dtype than the rows, such as int32.
        - Names that are no whole numbers, such as "12-draft" and "1_000", are no versions.
        - `warmup` may be an iterator, which gives its rows once.
        - 1000 rows are taken, and more are a ValueError: a server loads no such version.
        - After an exception of any kind, `base_dir` holds what it held before.
    """
    raise NotImplementedError
