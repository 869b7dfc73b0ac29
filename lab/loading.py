"""Loads a model as another process would, which has imported the files and done nothing else."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import keras

from dojo import expect


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
    expect.that(model is not None, called=called, expected="a model", seen=seen)
    return model
