"""`dojo.expect` believes values, not objects, and says what it saw."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import keras
import numpy as np
import pytest
import tensorflow as tf

from dojo import expect
from dojo.report.failure import ExpectationError


class Agreeable:
    """Claims to be whatever it is compared with."""

    dtype, shape = tf.float32, ()

    def __repr__(self) -> str:
        return "agreeable"

    def __eq__(self, other: object) -> bool:
        return True

    __hash__ = None  # type: ignore[assignment]

    def numpy(self) -> float:
        return 6.0

    def __array__(self, *args: object, **kwargs: object) -> Any:
        return np.float32(6)


class AgreeableFloat(float):
    def __eq__(self, other: object) -> bool:
        return True

    __hash__ = float.__hash__


def graph_tensor() -> tf.Tensor:
    leaked = []
    tf.function(lambda: leaked.append(tf.constant(6.0)))()
    return leaked[0]


def said(call: Callable[[], None]) -> tuple[str, str]:
    with pytest.raises(ExpectationError) as caught:
        call()
    return caught.value.expected, caught.value.seen


TENSORS = [
    (tf.constant(6.0), 6.0),
    (tf.constant([1, 2]), [1, 2]),
    (tf.constant(6.0 + 1e-6), 6.0),
    (tf.constant([float("nan"), 1.0]), [float("nan"), 1.0]),
    (tf.constant(["a"]), np.array([b"a"], dtype=object)),
    (tf.constant("a"), np.array(b"a", dtype=object)),
    (tf.zeros((0, 3)), np.zeros((0, 3), "float32")),
]


@pytest.mark.parametrize(("seen", "expected"), TENSORS)
def test_tensor_accepts(seen: tf.Tensor, expected: object) -> None:
    expect.tensor(seen, expected, called="f()")


NOT_TENSORS = [
    (tf.constant([6.0]), 6.0, "shape ()", "shape (1,)"),
    (tf.constant(6), 6.0, "dtype float32", "dtype int32"),
    (tf.constant(6.5), 6.0, "6.0", "6.5"),
    (tf.constant(float("nan")), 6.0, "6.0", "nan"),
    (6.0, 6.0, "a tf.Tensor, 6.0", "a Python float, 6.0"),
    (np.float32(6), 6.0, "a tf.Tensor, 6.0", "a numpy.float32, 6.0"),
    (tf.Variable(6.0), 6.0, "a tf.Tensor, 6.0", "a tf.Variable, 6.0"),
    (None, 6.0, "a tf.Tensor, 6.0", "None"),
    (Agreeable(), 6.0, "a tf.Tensor, 6.0", "a tests.dojo.test_expect.Agreeable"),
    (tf.range(20), [*range(19), 0], "0 at index [19]", "19 at index [19]"),
    (tf.zeros(20), [1.0] * 20, "1.0 at index [0]", "0.0 at index [0], and 19 more wrong"),
]


@pytest.mark.parametrize(("seen", "expected", "wanted", "told"), NOT_TENSORS)
def test_tensor_rejects(seen: object, expected: object, wanted: str, told: str) -> None:
    assert said(lambda: expect.tensor(seen, expected, called="f()")) == (wanted, told)


def test_numbers_that_look_alike_have_more_digits() -> None:
    third = tf.constant([1 / 3, 2.0], tf.float64)
    rounded = tf.cast(tf.cast(third, tf.float32), tf.float64)
    told = said(lambda: expect.tensor(rounded, third, called="f()"))
    assert told == ("[0.3333333333, 2.0]", "[0.3333333433, 2.0]")


def test_a_leaked_tensor_is_told_apart() -> None:
    _, seen = said(lambda: expect.value(graph_tensor(), 6.0, called="f()"))
    assert seen == "a symbolic tensor of a graph (float32), which has no value"


@pytest.mark.parametrize(
    "seen",
    [
        6,
        6.0,
        np.float64(6),
        np.array(6),
        tf.constant(6),
        tf.Variable(6.0),
        tf.constant(6, tf.bfloat16),
    ],
    ids=repr,
)
def test_value_accepts_any_holder(seen: object) -> None:
    expect.value(seen, 6.0, called="f()")


def test_value_accepts_a_keras_variable() -> None:
    expect.value(keras.Variable([6.0, 7.0]), [6.0, 7.0], called="f()")


@pytest.mark.parametrize("seen", [Agreeable(), "6", [6.0], None, AgreeableFloat(6)], ids=repr)
def test_value_rejects_what_holds_no_value(seen: object) -> None:
    with pytest.raises(ExpectationError):
        expect.value(seen, 6.0, called="f()")


def test_value_compares_the_dtype_only_when_asked() -> None:
    expect.value(tf.constant(6), 6.0, called="f()")
    with pytest.raises(ExpectationError):
        expect.value(tf.constant(6), 6.0, dtype="float32", called="f()")


SAME = [([1, "a"], [1, "a"]), ({"a": 1.0}, {"a": 1.0}), ((), ()), (None, None), (True, True)]
NOT_SAME = [([1], (1,)), (1, True), (1.0, 1), ({"a": 1}, {"b": 1}), (Agreeable(), 6.0)]


@pytest.mark.parametrize(("seen", "expected"), SAME)
def test_same_accepts(seen: object, expected: object) -> None:
    expect.same(seen, expected, called="f()")


@pytest.mark.parametrize(("seen", "expected"), NOT_SAME)
def test_same_rejects(seen: object, expected: object) -> None:
    with pytest.raises(ExpectationError):
        expect.same(seen, expected, called="f()")


PREDICTIONS = [
    (6, 6.0),
    (np.float32(6), 6),
    (tf.constant(6), 6),
    (True, True),
    (None, None),
    ("Eager ", "eager"),
    ((1, 2), [1, 2]),
    (np.array([1, 2]), [1, 2]),
]
WRONG_PREDICTIONS = [
    (7, 6),
    (1, True),
    (True, 1.0),
    ("graph", "eager"),
    ([1], [1, 2]),
    (Agreeable(), 6),
    (AgreeableFloat(1), 6),
    (None, 6),
]


@pytest.mark.parametrize(("seen", "truth"), PREDICTIONS)
def test_prediction_accepts(seen: object, truth: object) -> None:
    expect.prediction(seen, truth, called="f()")


@pytest.mark.parametrize(("seen", "truth"), WRONG_PREDICTIONS)
def test_prediction_rejects_and_does_not_tell(seen: object, truth: object) -> None:
    wanted, told = said(lambda: expect.prediction(seen, truth, called="f()"))
    assert wanted.startswith("what TensorFlow does when this runs")
    assert "6" not in told or seen == 6


@pytest.mark.parametrize("seen", ["tow", ["one", "tow"]])
def test_a_misspelt_prediction_is_not_told_as_a_wrong_one(seen: object) -> None:
    truth = "two" if seen == "tow" else ["one", "two"]
    offered = ("one", "two")
    wanted, told = said(lambda: expect.prediction(seen, truth, called="f()", among=offered))
    assert wanted == '"one" or "two"'
    assert told == "your prediction 'tow'"


def test_a_prediction_among_the_offered_ones_is_compared() -> None:
    expect.prediction(" Two", "two", called="f()", among=("one", "two"))
    wanted, _ = said(lambda: expect.prediction("one", "two", called="f()", among=("one", "two")))
    assert wanted.startswith("what TensorFlow does")


def test_no_prediction_is_to_do() -> None:
    with pytest.raises(ExpectationError) as caught:
        expect.prediction(..., 6, called="f()")
    assert caught.value.unfinished


def test_that_believes_only_true() -> None:
    expect.that(True, called="f()", expected="x", seen="y")
    for almost in (1, Agreeable(), np.True_):
        with pytest.raises(ExpectationError):
            expect.that(almost, called="f()", expected="x", seen="y")  # type: ignore[arg-type]


def test_traces() -> None:
    expect.traces(1, called="f()", exactly=1)
    expect.traces(1, called="f()", at_most=2)
    assert said(lambda: expect.traces(3, called="f()", exactly=1)) == ("1 trace", "3")
    assert said(lambda: expect.traces(3, called="f()", at_most=2)) == ("at most 2 traces", "3")
    assert said(lambda: expect.traces(0, called="f()", at_most=2)) == ("at most 2 traces", "0")


def test_ops_are_found_in_called_functions() -> None:
    variable = tf.Variable(0.0)
    inner = tf.function(lambda: variable.assign_add(1.0))
    concrete = tf.function(lambda: inner()).get_concrete_function()
    expect.ops(concrete, called="f()", some_of=["AssignAddVariableOp"], none_of=["PyFunc"])
    assert said(lambda: expect.ops(concrete, called="f()", some_of=["MatMul"])) == (
        "an op of kind MatMul in the graph",
        "none of them",
    )
    with pytest.raises(ExpectationError):
        expect.ops(concrete, called="f()", none_of=["AssignAddVariableOp"])


def test_works_tells_the_exception() -> None:
    def divide() -> None:
        with expect.works("f()", ZeroDivisionError):
            1 / 0  # noqa: B018

    assert said(divide) == ("no exception", "ZeroDivisionError: division by zero")


@pytest.mark.parametrize(
    ("error", "idea"),
    [(KeyError("axis"), "Names."), (ValueError("shape"), "Shapes."), (OSError("disk"), "")],
)
def test_works_has_an_idea_for_what_was_foreseen(error: Exception, idea: str) -> None:
    foreseen = expect.works("f()", idea="Names.", when="KeyError", others={"shape": "Shapes."})
    with pytest.raises(expect.ExpectationError) as caught, foreseen:
        raise error
    assert caught.value.idea == idea


def test_works_lets_unfinished_and_others_through() -> None:
    with pytest.raises(NotImplementedError), expect.works("f()"):
        raise NotImplementedError
    with pytest.raises(KeyError), expect.works("f()", ZeroDivisionError):
        raise KeyError


def test_raises() -> None:
    assert isinstance(expect.raises(lambda: 1 / 0, ZeroDivisionError, called="f()"), Exception)
    assert said(lambda: expect.raises(lambda: 1, ValueError, called="f()")) == (  # type: ignore[arg-type,return-value]
        "ValueError",
        "no exception; it returned a Python int, 1",
    )
    wanted, told = said(lambda: expect.raises(lambda: {}[0], ValueError, called="f()"))  # type: ignore[arg-type,return-value,misc]
    assert (wanted, told) == ("ValueError", "KeyError: 0")


def test_raises_lets_another_expectation_speak_for_itself() -> None:
    def call() -> None:
        expect.same(1, 2, called="g()")

    assert said(lambda: expect.raises(call, ValueError, called="f()")) == ("2", "1")  # type: ignore[arg-type]


def test_a_bool_of_numpy_is_a_prediction() -> None:
    expect.prediction([np.False_, np.True_], [False, True], called="A")


def test_a_number_is_no_list_of_predictions() -> None:
    with pytest.raises(ExpectationError):
        expect.prediction(np.int64(3), [1, 2], called="A")
