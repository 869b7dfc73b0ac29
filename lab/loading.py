"""Loads a model as another process would, which has imported the files and done nothing else."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import keras

from dojo import expect

# What explains a reason for which a model does not load: the first pattern that is found in it.
IDEAS = {
    "Could not locate class": "A file holds the name of a class, not its code. Keras looks it up "
    "among the classes that were registered when your file was imported.",
    "Could not locate function": "A function is saved by its name. Keras looks it up among the "
    "registered ones and the activations, but not in keras.ops.",
    "lambda": "A Python lambda is saved as bytecode. Safe mode refuses to run it.",
    "unexpected keyword|missing .* required": "Keras calls the constructor with the whole config: "
    "its own arguments, name, dtype and trainable.",
    "already built": "Keras may build an inner layer before the outer one.",
    "[Dd]ict": "A layer comes back from a file as a dict: its class and its config.",
}


def registered() -> dict[str, Any]:
    """The classes and functions that Keras finds by their names, as of now."""
    return dict(keras.saving.get_custom_objects())


@contextmanager
def nothing_but(known: Mapping[str, Any]) -> Iterator[None]:
    """Within, Keras finds these by their names, and nothing that was registered later."""
    objects = keras.saving.get_custom_objects()
    of_now = dict(objects)
    objects.clear()
    objects.update(known)
    try:
        yield
    finally:
        objects.clear()
        objects.update(of_now)


def loaded(path: Path, at_import: Mapping[str, Any]) -> keras.Model:
    """The model in a file; if there is none, the reason in short, without what is around it."""
    model: keras.Model | None = None
    seen = ""
    try:
        with nothing_but(at_import):
            model = keras.models.load_model(path)
    except Exception as raised:
        error: BaseException = raised
        while inner := error.__cause__ or error.__context__:
            error = inner
        if isinstance(error, NotImplementedError) and not str(error):
            raise error from None
        seen = f"{type(error).__name__}: {str(error).split('. ')[0]}"
    called = f"load_model('{path.name}'), without custom_objects, where your file was imported"
    expect.that(model is not None, called=called, expected="a model", seen=seen, idea=why(seen))
    return model


def why(reason: str) -> str:
    """The idea that explains it, or none."""
    return next((idea for pattern, idea in IDEAS.items() if re.search(pattern, reason)), "")
