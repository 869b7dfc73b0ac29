"""Stop training tonight, and go on tomorrow on another machine as if nothing had happened.

`build()` makes a model like the saved one: same layers, compiled in the same way, new weights. No
layer draws random numbers, as Dropout does.
"""

from collections.abc import Callable
from pathlib import Path

import keras


def save_training(model: keras.Model, folder: Path) -> None:
    """Write all that is needed to go on with the training of `model`.

    The model is compiled and has been trained. The folder exists.

    - A later save to the same folder counts instead of an earlier one.

    Beyond the idea:
        - A later save counts even if its training has taken fewer steps.
        - The model stays as it is: weights, optimizer and compile settings.
    """
    raise NotImplementedError


def resume_training(folder: Path, build: Callable[[], keras.Model]) -> keras.Model:
    """Make a compiled model that trains on from the last save.

    >>> from pathlib import Path
    >>> def build():
    ...     model = keras.Sequential([keras.Input([2]), keras.layers.Dense(1)])
    ...     model.compile(keras.optimizers.Adam(), keras.losses.MeanSquaredError())
    ...     return model
    >>> model = build()
    >>> for _ in range(3):
    ...     _ = model.train_on_batch(np.ones([4, 2]), np.ones([4, 1]))
    >>> save_training(model, Path("."))
    >>> resumed = resume_training(Path("."), build)
    >>> int(resumed.optimizer.iterations)
    3

    This runs in a new process. You need not call `build`.

    - Nothing is left but the folder, and that may lie under another path.

    Returns:
        - A compiled model, with all weights of the saved one, trained or not.
        - Its optimizer and its loss are of the same kind.
        - Its optimizer has the same iterations, and a schedule goes on from there.
        - A learning rate that was lowered during training stays low.
        - Its next steps lead where training without a stop would have led, momentum included.

    Beyond the idea:
        - The folder may be a copy, whose files have other modification times.
    """
    raise NotImplementedError
