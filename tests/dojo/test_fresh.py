"""What a test leaves in TensorFlow is gone before the next one, and before its fixtures."""

from __future__ import annotations

import pytest
import tensorflow as tf


@pytest.fixture(scope="class")
def eager() -> bool:
    """Whether functions ran eagerly when the class began."""
    return tf.config.functions_run_eagerly()


class Careless:
    """Leaves something on; whichever of the two classes comes second would see it."""

    def test_fixtures_of_a_class_start_afresh(self, eager: bool) -> None:
        assert not eager
        tf.config.run_functions_eagerly(True)

    def test_the_profiler_is_off(self, tmp_path: object) -> None:
        tf.profiler.experimental.start(str(tmp_path))


class TestOne(Careless):
    pass


class TestOther(Careless):
    pass
