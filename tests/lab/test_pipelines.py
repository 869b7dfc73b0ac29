"""What a pipeline declares is read from the dataset alone, last stage first."""

from __future__ import annotations

import os

import pytest
import tensorflow as tf

from lab.pipelines import Stage, stages


def test_stages_come_with_their_numbers_and_functions() -> None:
    def halve(x: tf.Tensor) -> tf.Tensor:
        with tf.name_scope("halve"):
            return x // 2

    dataset = (
        tf.data.Dataset.range(6)
        .map(halve, num_parallel_calls=3)
        .cache()
        .shuffle(5)
        .batch(2)
        .prefetch(4)
    )
    found = stages(dataset)
    kinds = [stage.kind for stage in found]
    assert kinds == ["Prefetch", "Batch", "Shuffle", "Cache", "ParallelMap", "Range"]
    by_kind = {stage.kind: stage for stage in found}
    assert by_kind["Prefetch"].numbers == (4,)
    assert by_kind["Batch"].numbers == (2,)
    assert by_kind["Shuffle"].numbers[0] == 5
    assert by_kind["ParallelMap"].numbers[-1] == 3
    assert [stage.kind for stage in found if stage.runs("halve")] == ["ParallelMap"]


def test_the_first_of_several_sources_comes_first() -> None:
    left, right = tf.data.Dataset.range(4).skip(1), tf.data.Dataset.range(4).take(3)
    kinds = [stage.kind for stage in stages(tf.data.Dataset.zip(left, right))]
    assert kinds == ["Zip", "Skip", "Range", "Take", "Range"]


def test_functions_that_functions_call_are_looked_into() -> None:
    @tf.function
    def inner(x: tf.Tensor) -> tf.Tensor:
        with tf.name_scope("inner"):
            return x + 1

    (mapped,) = [s for s in stages(tf.data.Dataset.range(3).map(inner)) if s.kind == "Map"]
    assert mapped.runs("inner")
    assert not mapped.runs("outer")


@pytest.mark.parametrize(
    ("kind", "calls", "expected"),
    [
        ("ParallelMap", tf.data.AUTOTUNE, True),
        ("ParallelMap", 2, True),
        ("ParallelMap", 1, False),
        ("Map", 2, False),
    ],
)
def test_parallel_is_more_than_one_at_a_time(
    kind: str, calls: int, expected: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(os, "cpu_count", lambda: 8)
    assert Stage(kind, (calls,), frozenset()).parallel is expected
