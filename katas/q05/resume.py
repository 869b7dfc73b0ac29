"""Stop training tonight, and go on tomorrow on another machine as if nothing had happened."""

from collections.abc import Callable
from os import PathLike

import keras


def save_training(model: keras.Model, folder: str | PathLike[str]) -> None:
    """Write to `folder` all that is needed to go on with the training of `model`.

    Args:
        model: compiled, and trained for at least one step: Keras's own layers, loss and optimizer,
            with no settings but those that their `get_config` tells. It stays as it is: weights,
            optimizer and compile settings are afterwards what they were, so that it can be trained
            on, and saved again in any other way.
        folder: an existing folder, a string or a pathlib.Path. What an earlier call wrote there
            may be overwritten or kept; it counts no longer.
    """
    raise NotImplementedError


def resume_training(folder: str | PathLike[str], build: Callable[[], keras.Model]) -> keras.Model:
    """Return a compiled model that trains on from where `save_training` was last called.

    This runs in a new process, maybe on another machine: nothing is left but the folder, which may
    lie under another path.

    Args:
        folder: a string or a pathlib.Path.
        build: makes a model like the one that was saved, built and compiled in the same way, with
            new random weights and an optimizer that has taken no step. You need not call it.

    Returns:
        A model with all weights that the saved one had, those that are not trained included.
        `fit` takes it where training without a stop would have taken it: the optimizer is of the
        same kind and has its iterations, its learning rate as it was when training stopped, and
        its slot variables (which may be restored when the optimizer is first used).
    """
    raise NotImplementedError
