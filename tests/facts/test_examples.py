"""The examples in the stubs' contracts are true: the solutions give what is printed there."""

from __future__ import annotations

import ast
import doctest
import linecache
import sys
from pathlib import Path
from types import ModuleType

import keras
import numpy as np
import pytest
import tensorflow as tf

from dojo.catalogue import Catalogue, Kata, Stub
from tests.promises import docstrings

ROOT = Path(__file__).parents[2]
KATAS = list(Catalogue(ROOT).katas.values())
STUBS = [(kata, stub) for kata in KATAS for stub in kata.stubs]
FLAGS = doctest.NORMALIZE_WHITESPACE | doctest.ELLIPSIS


@pytest.mark.parametrize(
    ("kata", "stub"), STUBS, ids=[f"{kata.id}-{stub.id}" for kata, stub in STUBS]
)
def test_the_examples_are_true(
    kata: Kata, stub: Stub, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    names = {"tf": tf, "keras": keras, "np": np, **solution(kata, stub)}
    runner, told = doctest.DocTestRunner(optionflags=FLAGS), []
    for number, doc in enumerate(docstrings(kata.folder / f"{stub.id}.py")):
        test = doctest.DocTestParser().get_doctest(doc, dict(names), f"{stub.id} {number}", "", 0)
        remember(test)
        runner.run(test, out=told.append)
    assert not runner.failures, "".join(told)


def remember(test: doctest.DocTest) -> None:
    """AutoGraph, which converts the functions of an example, looks for their source here."""
    for number, example in enumerate(test.examples):
        file, lines = f"<doctest {test.name}[{number}]>", example.source.splitlines(keepends=True)
        linecache.cache[file] = (len(example.source), None, lines, file)


def solution(kata: Kata, stub: Stub) -> dict[str, object]:
    """What the solution defines."""
    file = ROOT / "solutions" / kata.id / f"{stub.id}.py"
    module = ModuleType(f"solutions_{kata.id}_{stub.id}")
    sys.modules[module.__name__] = module  # where pickle and Keras look for a class
    code = compile(ast.parse(file.read_text("utf-8")), str(file), "exec")
    exec(code, module.__dict__)
    return module.__dict__
