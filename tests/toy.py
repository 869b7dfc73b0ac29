"""A tiny checkout with one kata, for tests of the tools around the katas."""

from __future__ import annotations

import shutil
import sys
from pathlib import Path

ROOT = Path(__file__).parents[1]
PYTEST = [sys.executable, "-m", "pytest"]

KATA = """\
title = "Doubling"
type = "practical"

[[stub]]
id = "double"
title = "Twice as much"
minutes = 5
hints = ["Think of addition.", "x + x"]
"""

TEST = '''\
from dojo import expect
from katas.q01.double import double


def test_doubles() -> None:
    """A number is doubled.

    Twice is once and once again.
    """
    expect.value(double(3), 6, called="double(3)")


def test_keeps_the_sign() -> None:
    """A negative number is doubled too."""
    expect.value(double(-3), -6, called="double(-3)")
'''

# Without TensorFlow, and so without its seconds: what pytest does is the same.
LIGHT_TEST = '''\
from katas.q01.double import double


def test_doubles() -> None:
    """A number is doubled."""
    assert double(3) == 6


def test_keeps_the_sign() -> None:
    """A negative number is doubled too."""
    assert double(-3) == -6
'''
HALF_DONE = "def double(x):\n    return abs(2 * x)\n"

FILES = {
    "katas/q01/kata.toml": KATA,
    "katas/q01/double.py": "def double(x):\n    raise NotImplementedError\n",
    "katas/q01/test_double.py": TEST,
    "solutions/q01/double.py": "def double(x):\n    return 2 * x\n",
    "tests/graders/q01/double/accepts/by_sum.py": "def double(x):\n    return x + x\n",
    "tests/graders/q01/double/accepts/by_shift.py": "def double(x):\n    return x << 1\n",
    "tests/graders/q01/double/rejects/loses_sign.py": (
        '"""The size is doubled.\n\nfails: test_keeps_the_sign\n"""\n\n'
        "def double(x):\n    return abs(2 * x)\n"
    ),
    "tests/graders/q01/double/rejects/negative.py": (
        '"""Always negative.\n\nfails: test_doubles\n"""\n\n'
        "def double(x):\n    return -abs(2 * x)\n"
    ),
    "tests/graders/q01/double/rejects/half.py": (
        '"""The wrong way round.\n\nfails: all\n"""\n\ndef double(x):\n    return x / 2\n'
    ),
    "tests/graders/q01/double/rejects/square.py": (
        '"""Squares.\n\nfails: test_doubles, test_keeps_the_sign\n"""\n\n'
        "def double(x):\n    return x * x\n"
    ),
}


def build(root: Path, **changes: str) -> Path:
    """Write the toy checkout to `root`, with other texts for the files whose name is given.

    A change's key is the stem of the file: `build(root, by_sum="def double…")`.
    """
    for name in ("conftest.py", "pyproject.toml"):
        shutil.copyfile(ROOT / name, root / name)
    for path, text in FILES.items():
        file = root / path
        file.parent.mkdir(parents=True, exist_ok=True)
        key = path.split("/")[0] + "_" + file.stem
        file.write_text(changes.get(key, changes.get(file.stem, text)), encoding="utf-8")
    return root
