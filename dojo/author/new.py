"""The skeleton of a new kata: every file that a finished one has, with what goes where."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from pathlib import Path
from string import Template

KATA = """\
title = "$title"
type = "practical"  # or conceptual, debugging
prerequisites = []
"""

STUB_ENTRY = """
[[stub]]
id = "$stub"
title = ""
minutes = 15
hints = [
    "The idea.",
    "The API.",
    "Nearly the code.",
]
"""

README = """\
# $kata: $title

The scenario: who needs what, and what goes wrong.

**You will learn** what …

## How to run

```
pytest katas/$kata            all tasks, and what to do next
pytest katas/$kata --hint     a hint for the first test that fails
```

## The tasks
$tasks
## Documentation

## Follow-up questions

## What holds today

**Spoilers:** this section answers the quick check. It stands last, for those who read from the top.
"""

STUB = '''\
"""What this file is about, in a sentence."""


def $stub(x: float) -> float:
    """What it does, in a sentence.

    >>> $stub(1.0)
    1.0

    Returns:
        Shapes, dtypes, units. Every sentence here is a promise, and a reject breaks it.
    """
    raise NotImplementedError
'''

TEST = '''\
from dojo import expect
from katas.$kata.$stub import $stub


def test_says_what_is_observed() -> None:
    """The sentence that the learner sees.

    The idea behind it, in a line or two.
    """
    expect.value($stub(1.0), 1.0, called="$stub(1.0)")
'''

SOLUTION = """\
def $stub(x: float) -> float:
    return x
"""

QUICK_CHECK = '''\
"""Predict what TensorFlow does: replace each ... by your answer."""

# 1. What is float(tf.constant(1) + 1)?
SUM = ...
'''

QUICK_TEST = '''\
import tensorflow as tf

from dojo import expect
from katas.$kata.quick_check import SUM


def test_sum() -> None:
    """1. A sum."""
    expect.prediction(SUM, float(tf.constant(1) + 1), called="float(tf.constant(1) + 1)")
'''

FACTS = '''\
"""What TensorFlow itself does: the proof behind katas/$kata/README.md."""
'''


class ScaffoldError(Exception):
    """The skeleton cannot be written; the text says why."""


def scaffold(root: Path, kata: str, title: str, stubs: Sequence[str]) -> list[Path]:
    """Write the skeleton and give the files, relative to `root`.

    Raises:
        ScaffoldError: for a bad id or name, or when any of the files is there already;
            nothing is written then.
    """
    if not re.fullmatch(r"q\d\d", kata):
        raise ScaffoldError(f"{kata!r} is no kata id: q and two digits.")
    for stub in stubs:
        if not re.fullmatch(r"[a-z][a-z0-9_]*", stub) or stub.startswith("test_"):
            raise ScaffoldError(f"{stub!r} is no name for a stub: lower case, as in running_total.")
    files = dict(skeleton(kata, title, stubs))
    for path in files:
        if (root / path).exists():
            raise ScaffoldError(f"{path.as_posix()} is there already; nothing was written.")
    for path, text in files.items():
        (root / path).parent.mkdir(parents=True, exist_ok=True)
        (root / path).write_text(text, encoding="utf-8")
    return list(files)


def skeleton(kata: str, title: str, stubs: Sequence[str]) -> Iterator[tuple[Path, str]]:
    """Path and text of every file."""

    def fill(template: str, stub: str = "", tasks: str = "") -> str:
        return Template(template).substitute(kata=kata, title=title, stub=stub, tasks=tasks)

    katas, solutions, graders = (
        Path(part, kata) for part in ("katas", "solutions", "tests/graders")
    )
    entries = "".join(fill(STUB_ENTRY, stub) for stub in (*stubs, "quick_check"))
    names = enumerate((*stubs, "quick_check"), start=1)
    tasks = "".join(f"\n### {n}. `{name}`: what it is about\n\nWhy.\n" for n, name in names)
    yield katas / "kata.toml", fill(KATA) + entries
    yield katas / "README.md", fill(README, tasks=tasks)
    yield solutions / "README.md", f"# {title}: why the solutions are as they are\n"
    yield Path("tests/facts", f"test_{kata}.py"), fill(FACTS)
    for stub in stubs:
        yield katas / f"{stub}.py", fill(STUB, stub)
        yield katas / f"test_{stub}.py", fill(TEST, stub)
        yield solutions / f"{stub}.py", fill(SOLUTION, stub)
    yield katas / "quick_check.py", fill(QUICK_CHECK)
    yield katas / "test_quick_check.py", fill(QUICK_TEST)
    yield solutions / "quick_check.py", fill(QUICK_CHECK).replace("...\n", "2\n")
    for stub in (*stubs, "quick_check"):
        for kind in ("accepts", "rejects"):
            yield graders / stub / kind / ".gitkeep", ""
