"""The comparisons that the katas' tests are made of.

Every function raises ExpectationError with what was called, what was expected and what was
seen, and nothing else. `called` is the call in the learner's words. `idea` is one line about
the idea behind the test; without it, the rest of the test's docstring is shown.

Values are read with the libraries' own functions, not through methods of the object that is
judged: an object that claims to equal everything is not believed.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from contextlib import contextmanager
from typing import Any

import keras
import numpy as np
import numpy.typing as npt
import tensorflow as tf

from dojo.errortext import essence, without_rpc
from dojo.expectation import ExpectationError

EAGER: Any = tf.__internal__.EagerTensor
to_numpy = EAGER.numpy
# Relative and absolute tolerance by dtype: a few roundings of a sum of some hundred terms.
TOLERANCE = {"float64": 1e-9, "float32": 1e-5, "float16": 2e-3, "bfloat16": 2e-2}


def tensor(
    seen: object,
    expected: Any,
    *,
    called: str,
    dtype: Any = None,
    tolerance: float | None = None,
    idea: str | None = None,
) -> None:
    """`seen` is an eager tf.Tensor of this shape, dtype and value.

    Args:
        seen: what the learner's code gave back.
        expected: array-like; nothing is broadcast.
        dtype: by default that of `expected`, where Python floats count as float32 and
            Python ints as int32, as in TensorFlow.
        tolerance: relative and absolute; by default chosen by dtype, exact for integers.
    """
    want = tf_array(expected, dtype)
    say = Teller(called, idea)
    if type(seen) is not EAGER:
        say(f"a tf.Tensor, {describe(want)}", kind_of(seen))
    compare(array_of(seen), want, tolerance, say)


def value(
    seen: object,
    expected: Any,
    *,
    called: str,
    dtype: Any = None,
    tolerance: float | None = None,
    idea: str | None = None,
) -> None:
    """`seen` holds this value, in whatever it is held: tensor, variable, array or number.

    The shape must be that of `expected`. The dtype is compared only if `dtype` is given.
    """
    want = tf_array(expected, dtype)
    say = Teller(called, idea)
    got = plain(seen)
    if got is None:
        say(describe(want), kind_of(seen))
    elif dtype is None and is_number(got.dtype) and is_number(want.dtype):
        tolerance = tolerance_of(got.dtype, want.dtype) if tolerance is None else tolerance
        common = "int64" if got.dtype.kind in "iu" and want.dtype.kind in "iu" else "float64"
        got, want = got.astype(common), want.astype(common)
    compare(got, want, tolerance, say)


def same(seen: object, expected: Any, *, called: str, idea: str | None = None) -> None:
    """`seen` is plain Python data equal to `expected`, with the same types all the way down."""
    if not identical(seen, expected):
        Teller(called, idea)(short(expected), short(seen) if is_plain(seen) else kind_of(seen))


def prediction(
    seen: object,
    truth: Any,
    *,
    called: str,
    among: Collection[str] = (),
    idea: str | None = None,
) -> None:
    """`seen`, the learner's guess at `truth`, is right; a failure does not tell the truth.

    Args:
        seen: `...` as long as there is no guess. A number counts by its value whatever holds
            it, a sequence by its elements, a string without regard to case.
        truth: what TensorFlow itself just did: a number, string, bool or None, or a list of
            those.
        among: the strings that the question offers. Another one is told as such, and not as a
            wrong answer.
    """
    if seen is ...:
        raise ExpectationError(  # the idea would give the answer away
            called=called, expected="a prediction", seen="...", idea="", unfinished=True
        )
    for guess in list(seen) if isinstance(seen, (list, tuple)) else [seen]:
        if among and type(guess) is str and not any(alike(guess, each) for each in among):
            offered = " or ".join(f'"{each}"' for each in among)
            Teller(called, idea="")(offered, f"your prediction {short(guess)}")
    if not alike(seen, truth):
        told = short(seen) if is_plain(seen) else kind_of(seen)
        expected = f"what TensorFlow does when this runs{form_of(truth)}"
        Teller(called, idea)(expected, f"your prediction {told}")


def that(ok: bool, *, called: str, expected: str, seen: str, idea: str | None = None) -> None:
    """`ok`, an observation that the test itself made, is True."""
    if ok is not True:
        Teller(called, idea)(expected, seen)


def traces(
    seen: int,
    *,
    called: str,
    exactly: int | None = None,
    at_most: int | None = None,
    idea: str | None = None,
) -> None:
    """Python ran this often while functions were traced."""
    ok = seen == exactly if exactly is not None else at_most is None or 0 < seen <= at_most
    if not ok:
        bound = f"{exactly}" if exactly is not None else f"at most {at_most}"
        noun = "trace" if 1 in (exactly, at_most) else "traces"
        Teller(called, idea)(f"{bound} {noun}", f"{seen}")


def ops(
    concrete: Any,
    *,
    called: str,
    some_of: Collection[str] = (),
    none_of: Collection[str] = (),
    idea: str | None = None,
) -> None:
    """The graph of a concrete function, with all it calls, holds the right kinds of op."""
    present = ops_of(concrete)
    say = Teller(called, idea)
    if some_of and not present & set(some_of):
        say(f"an op of kind {' or '.join(some_of)} in the graph", "none of them")
    if found := sorted(present & set(none_of)):
        say(f"no {' and no '.join(none_of)} in the graph", ", ".join(found))


def ops_of(concrete: Any) -> set[str]:
    """The kinds of op in the graph of a concrete function and in every function it calls."""
    graph = concrete.graph.as_graph_def()
    nodes = [graph.node, *(f.node_def for f in graph.library.function)]
    return {node.op for part in nodes for node in part}


@contextmanager
def works(
    called: str,
    *errors: type[Exception],
    idea: str = "",
    when: str = "",
    others: Mapping[str, str] | None = None,
) -> Iterator[None]:
    """The block raises none of `errors` (by default: no exception at all).

    For the call at which a misconception shows as an exception. An exception that the test did
    not foresee is told without any idea: one that is about something else misleads.

    Args:
        idea: what explains the exception that the test foresees.
        when: a regular expression that is found in the type or the text of that exception; by
            default every exception is taken for the foreseen one.
        others: further ideas, each by such a regular expression.
    """
    try:
        yield
    except ExpectationError:
        raise
    except errors or (Exception,) as error:  # noqa: B030
        message = essence(str(error))
        if isinstance(error, NotImplementedError) and not message:
            raise  # the learner's own: nothing is there yet
        text = f"{type(error).__name__}: {message}".rstrip(": ")
        foreseen = {**(others or {}), when: idea}
        said = next((idea for when, idea in foreseen.items() if re.search(when, text)), "")
        failed = ExpectationError(called=called, expected="no exception", seen=text, idea=said)
        raise failed.with_traceback(error.__traceback__) from error


def raises(
    call: Callable[[], object], *errors: type[Exception], called: str, idea: str | None = None
) -> Exception:
    """`call()` raises one of `errors`; the exception is handed back."""
    names = " or ".join(error.__name__ for error in errors)
    try:
        result = call()
    except NotImplementedError:
        raise
    except errors as error:
        return error
    except ExpectationError:
        raise
    except Exception as error:
        seen = f"{type(error).__name__}: {without_rpc(str(error))}".rstrip(": ")
        Teller(called, idea)(names, seen)
    Teller(called, idea)(names, f"no exception; it returned {kind_of(result)}")
    raise AssertionError("unreachable")


class Teller:
    """Raises ExpectationError for one call."""

    def __init__(self, called: str, idea: str | None):
        self.called, self.idea = called, idea

    def __call__(self, expected: str, seen: str) -> None:
        __tracebackhide__ = True
        raise ExpectationError(called=self.called, expected=expected, seen=seen, idea=self.idea)


def plain(seen: object) -> npt.NDArray[Any] | None:
    """The value of a number, array, eager tensor or variable as an array; None for all else."""
    if type(seen) in (bool, int, float, complex) or isinstance(seen, np.generic):
        return np.asarray(seen)
    if type(seen) is np.ndarray:
        return seen
    if isinstance(seen, keras.Variable):
        seen = keras.Variable.value.fget(seen)
    if isinstance(seen, tf.Variable):
        seen = tf.Variable.read_value(seen) if type(seen) is tf.Variable else tf.identity(seen)
    return array_of(seen) if type(seen) is EAGER else None


def array_of(tensor: Any) -> npt.NDArray[Any]:
    """The value of an eager tensor, which for one string TensorFlow gives as bytes."""
    found = to_numpy(tensor)
    return np.asarray(found, dtype=object if isinstance(found, bytes) else None)


def tf_array(expected: Any, dtype: Any) -> npt.NDArray[Any]:
    """`expected` as an array of the dtype that TensorFlow would choose for it."""
    if isinstance(expected, (tf.Tensor, tf.Variable, keras.Variable)):
        expected = plain(expected)
    array: npt.NDArray[Any] = np.asarray(expected)
    if dtype is not None:
        return array.astype(tf.as_dtype(dtype).as_numpy_dtype)
    if not isinstance(expected, (np.ndarray, np.generic)):
        as_in_tensorflow = {"float64": "float32", "int64": "int32"}
        array = array.astype(as_in_tensorflow.get(array.dtype.name, array.dtype))
    return array


def compare(
    got: npt.NDArray[Any] | None, want: npt.NDArray[Any], tolerance: float | None, say: Teller
) -> None:
    """Shape, then dtype, then where NaN is, then the values: the first difference is told."""
    __tracebackhide__ = True
    assert got is not None
    if got.shape != want.shape:
        say(f"shape {want.shape}", f"shape {got.shape}")
    if got.dtype != want.dtype:
        say(f"dtype {want.dtype}", f"dtype {got.dtype}")
    bad = mismatches(got, want, tolerance_of(want.dtype) if tolerance is None else tolerance)
    if not bad.any():
        return
    if want.size <= 8:
        say(*told_apart(want, got))
    first = tuple(int(i) for i in np.argwhere(bad)[0])
    more = int(bad.sum()) - 1
    others = f", and {more} more wrong" if more else ""
    at = f"at index {list(first)}"
    expected, seen = told_apart(want[first], got[first])
    say(f"{expected} {at}", f"{seen} {at}{others}")


def is_number(dtype: np.dtype[Any]) -> bool:
    """bfloat16 is one, too, though NumPy has no kind for it."""
    return dtype.kind in "iuf" or dtype.name in TOLERANCE


def mismatches(
    got: npt.NDArray[Any], want: npt.NDArray[Any], tolerance: float
) -> npt.NDArray[np.bool_]:
    if want.dtype.kind not in "fc" and want.dtype.name not in TOLERANCE:
        return np.asarray(got != want)
    a, b = (x.astype("complex128" if x.dtype.kind == "c" else "float64") for x in (got, want))
    nan = np.isnan(a) != np.isnan(b)
    return np.asarray(nan | ~np.isclose(a, b, rtol=tolerance, atol=tolerance, equal_nan=True))


def tolerance_of(*dtypes: Any) -> float:
    """The tolerance of the coarsest of `dtypes`."""
    return max(TOLERANCE.get(np.dtype(d).name, 0.0) for d in dtypes)


def show(array: Any, digits: int = 6) -> str:
    """A number or small array on one line: 6.0, [1.0, 2.0]."""
    array = np.asarray(array)
    if array.dtype.name in TOLERANCE:
        array = np.vectorize(lambda x: float(f"{float(x):.{digits}g}"), otypes=[object])(array)
    return str(array.tolist())


def told_apart(want: Any, got: Any) -> tuple[str, str]:
    """Both on one line, with as many digits as it takes to see that they differ."""
    texts = ((show(want, digits), show(got, digits)) for digits in (6, 10, 17))
    return next((pair for pair in texts if pair[0] != pair[1]), (show(want), show(got)))


def describe(array: npt.NDArray[Any]) -> str:
    return show(array) if array.size <= 8 else f"{array.dtype} of shape {array.shape}"


def kind_of(seen: object) -> str:
    """What `seen` is, in the field's words, with its value if that is short."""
    if seen is None:
        return "None"
    if isinstance(seen, tf.Tensor) and type(seen) is not EAGER:
        return f"a symbolic tensor of a graph ({seen.dtype.name}), which has no value"
    got = plain(seen)
    return type_name(seen) if got is None or got.size > 8 else f"{type_name(seen)}, {show(got)}"


def type_name(seen: object) -> str:
    known = {
        EAGER: "tf.Tensor",
        np.ndarray: "NumPy array",
        tf.Variable: "tf.Variable",
        keras.Variable: "keras.Variable",
    }
    for kind, name in known.items():
        if isinstance(seen, kind):
            return f"a {name}"
    kind = type(seen)
    home = "Python" if kind.__module__ == "builtins" else f"{kind.__module__}."
    return f"a {home} {kind.__qualname__}".replace(". ", ".")


def is_plain(seen: object) -> bool:
    if type(seen) in (list, tuple, set, frozenset):
        return all(is_plain(x) for x in seen)  # type: ignore[attr-defined]
    if type(seen) is dict:
        return all(is_plain(x) for pair in seen.items() for x in pair)
    return seen is None or type(seen) in (bool, int, float, str, bytes)


def identical(seen: Any, expected: Any) -> bool:
    if type(seen) is not type(expected):
        return False
    if type(expected) in (list, tuple):
        return len(seen) == len(expected) and all(map(identical, seen, expected))
    if type(expected) is dict:
        return list(map(repr, sorted(seen, key=repr))) == list(
            map(repr, sorted(expected, key=repr))
        ) and all(identical(seen[k], expected[k]) for k in expected)
    return is_plain(seen) and bool(seen == expected)


def alike(seen: Any, truth: Any) -> bool:
    """Whether a guess and the truth mean the same."""
    if type(truth) in (list, tuple):
        got = plain(seen)
        rows = got.tolist() if got is not None and got.ndim else []
        parts = list(seen) if type(seen) in (list, tuple) else rows
        return len(parts) == len(truth) and all(map(alike, parts, truth))
    if type(truth) is str:
        return type(seen) is str and seen.strip().lower() == truth.strip().lower()
    if isinstance(seen, np.bool_):
        seen = bool(seen)
    if truth is None or type(truth) is bool:
        return seen is truth
    got = plain(seen)
    if got is None or got.shape != () or got.dtype.kind not in "iuf":
        return False
    return bool(np.isclose(float(got), float(truth), rtol=1e-4, atol=1e-6))


def form_of(truth: Any) -> str:
    """In which form a guess is given, where that tells nothing of the truth."""
    if type(truth) in (list, tuple):
        return f", as a list of {len(truth)}"
    is_number = type(truth) is not bool and isinstance(truth, (int, float, np.number))
    return ", as a number" if is_number else ""


def short(data: object, longest: int = 160) -> str:
    text = repr(data)
    return text if len(text) <= longest else f"{text[:longest]}…"


__all__: Sequence[str] = (
    "ops",
    "ops_of",
    "prediction",
    "raises",
    "same",
    "tensor",
    "that",
    "traces",
    "value",
    "works",
)
