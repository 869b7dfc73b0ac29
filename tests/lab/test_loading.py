"""A model is loaded with what was registered when its file was imported, and nothing else."""

from __future__ import annotations

import contextlib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import keras
import pytest

from dojo.expectation import ExpectationError
from lab.loading import loaded, nothing_but, registered, why


class Twice(keras.layers.Layer):
    def call(self, x: Any) -> Any:
        return 2 * x


class Unfinished(Twice):
    @classmethod
    def from_config(cls, config: dict[str, Any]) -> Unfinished:
        raise NotImplementedError


@pytest.fixture(autouse=True)
def registrations_end_with_the_test() -> Iterator[None]:
    with nothing_but(registered()):
        yield


def saved(path: Path, layer: keras.layers.Layer) -> Path:
    keras.Sequential([keras.Input([1]), layer]).save(path)
    return path


def test_nothing_but_hides_and_brings_back() -> None:
    keras.saving.get_custom_objects()["late"] = Twice
    with contextlib.suppress(ZeroDivisionError), nothing_but({"early": Twice}):
        assert registered() == {"early": Twice}
        raise ZeroDivisionError
    assert registered()["late"] is Twice
    assert "early" not in registered()


def test_a_model_comes_back(tmp_path: Path) -> None:
    path = saved(tmp_path / "model.keras", keras.layers.Dense(1))
    assert isinstance(loaded(path, registered()), keras.Sequential)


def test_a_class_that_is_registered_later_is_not_known(tmp_path: Path) -> None:
    at_import = registered()
    layer = keras.saving.register_keras_serializable("lab")(Twice)()
    path = saved(tmp_path / "model.keras", layer)
    assert loaded(path, registered())
    with pytest.raises(ExpectationError, match=r"load_model\('model.keras'\).*\n.*\n.*Twice"):
        loaded(path, at_import)


def test_what_is_not_written_yet_is_told_as_that(tmp_path: Path) -> None:
    layer = keras.saving.register_keras_serializable("lab")(Unfinished)()
    with pytest.raises(NotImplementedError):
        loaded(saved(tmp_path / "model.keras", layer), registered())


def test_a_missing_file_is_told_in_short(tmp_path: Path) -> None:
    with pytest.raises(ExpectationError) as raised:
        loaded(tmp_path / "nothing.keras", registered())
    assert raised.value.seen.startswith("ValueError: File not found")
    assert "Please" not in raised.value.seen


def test_the_reason_is_explained_and_nothing_else_is() -> None:
    assert why("TypeError: Could not locate class 'Twice'").startswith("A file holds the name")
    assert why("AttributeError: 'TrackedDict' object has no attribute 'built'").endswith("config.")
    assert why("OSError: no space left on device") == ""
