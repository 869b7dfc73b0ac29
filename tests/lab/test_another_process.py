"""Of what a module did, another process knows nothing."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from lab import another_process

MODULE = """
import os
import random

drawn, number = random.random(), os.getpid()
seen = []

def look(name):
    seen.append(name)
    return len(seen), hash(name)
"""


def test_what_a_module_drew_and_remembered_is_gone(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "some_kata").mkdir()
    for name in ("stub", "helper", "test_stub"):
        (tmp_path / "some_kata" / f"{name}.py").write_text(MODULE)
    monkeypatch.syspath_prepend(tmp_path)
    modules = [f"some_kata.{name}" for name in ("stub", "helper", "test_stub")]
    before = [__import__(name, fromlist=["look"]) for name in modules]
    first, _, test = before
    seen = [first.look("a"), first.look("a")]
    with monkeypatch.context() as patched:
        again = another_process.started(modules[0], patched)
        assert (again.drawn, again.number) != (first.drawn, first.number)
        assert again.look("a")[0] == seen[0][0]
        assert again.look("a")[1] != seen[1][1]
        assert modules[1] not in sys.modules
        assert sys.modules[modules[2]] is test
    assert [sys.modules[name] for name in modules] == before
    for name in [*modules, "some_kata"]:
        del sys.modules[name]
