"""Hidden checks: random inputs and the expected values, which never enter the jail.

A module for each kata has functions marked with `probe`. Each draws inputs and says what must
come out; examiner/inside/probes/ has the lines that run beside the candidate's code. The numbers
are NumPy's own here, so that the examiner's process does without TensorFlow.
"""

from __future__ import annotations

import importlib
import pkgutil
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

import numpy as np

from dojo.report.failure import clean
from examiner.inside.plain import NotPlainError, value_of
from examiner.model import ProbeResult


@dataclass(frozen=True)
class Question:
    """What a probe asks.

    Attributes:
        inputs: arguments of the probe's function in the jail, as plain data.
        expected: what it must return: plain data, with NumPy arrays.
        tolerance: of floating-point numbers, relative and absolute.
    """

    inputs: dict[str, Any]
    expected: Any
    tolerance: float = 1e-4


@dataclass(frozen=True)
class Probe:
    """A hidden check of one stub; `name` is its function, here and in the jail."""

    kata: str
    stub: str
    name: str
    sentence: str
    ask: Callable[[np.random.Generator], Question] = field(repr=False)


PROBES: list[Probe] = []
Ask = Callable[[np.random.Generator], Question]


def probe(kata: str, stub: str) -> Callable[[Ask], Ask]:
    """Mark a function that draws a Question; its docstring's first line says what it checks."""

    def mark(ask: Ask) -> Ask:
        sentence = (ask.__doc__ or "").strip().splitlines()[0]
        PROBES.append(Probe(kata, stub, ask.__name__, sentence, ask))
        return ask

    return mark


def all_probes() -> list[Probe]:
    for module in pkgutil.iter_modules(__path__):
        importlib.import_module(f"{__name__}.{module.name}")
    return PROBES


def decide(probe: Probe, question: Question, answer: dict[str, Any]) -> ProbeResult:
    """The examiner's verdict on what came back from the jail."""
    if answer.get("error"):
        return ProbeResult(probe.sentence, False, clean(str(answer["error"])))
    try:
        wrong = difference(value_of(answer.get("value")), question.expected, question.tolerance)
    except NotPlainError as error:
        wrong = f"the answer cannot be read: {error}"
    return ProbeResult(probe.sentence, not wrong, wrong)


def difference(seen: Any, expected: Any, tolerance: float) -> str:
    """What is wrong with `seen`, in words; empty if nothing is. Types, then shapes, then values."""
    if isinstance(expected, (list, tuple)):
        if not isinstance(seen, list) or len(seen) != len(expected):
            return f"not {len(expected)} values"
        wrong = (difference(*pair, tolerance) for pair in zip(seen, expected, strict=True))
        return next(filter(None, wrong), "")
    if isinstance(expected, dict):
        if not isinstance(seen, dict) or seen.keys() != expected.keys():
            return f"not the entries {', '.join(expected)}"
        return next(filter(None, (difference(seen[k], expected[k], tolerance) for k in seen)), "")
    if isinstance(expected, np.ndarray):
        return difference_of_arrays(seen, expected, tolerance)
    if isinstance(expected, float):
        single = np.asarray(seen) if isinstance(seen, float) else seen
        return difference_of_arrays(single, np.asarray(expected), tolerance)
    same = type(seen) is type(expected) and seen == expected
    return "" if same else f"{seen!r:.80} for {expected!r:.80}"


def difference_of_arrays(seen: Any, expected: np.ndarray[Any, Any], tolerance: float) -> str:
    if not isinstance(seen, np.ndarray) or seen.dtype.kind != expected.dtype.kind:
        return f"{getattr(seen, 'dtype', type(seen).__name__)} for {expected.dtype}"
    if seen.shape != expected.shape:
        return f"shape {seen.shape} for {expected.shape}"
    if expected.dtype.kind == "f":
        near = np.isclose(seen, expected, rtol=tolerance, atol=tolerance, equal_nan=True)
    else:
        near = seen == expected
    if near.all():
        return ""
    first = tuple(int(i) for i in np.argwhere(~near)[0])
    return f"{seen[first]} for {expected[first]} at {first}, and {int((~near).sum()) - 1} more"
