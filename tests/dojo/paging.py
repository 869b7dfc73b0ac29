"""What the tests of the page look at: a toy kata, and what a watch knows of it."""

from __future__ import annotations

from pathlib import Path

from dojo.catalogue import Catalogue
from dojo.report.failure import Failure
from dojo.report.verdict import Verdict
from dojo.watch.state import State
from tests import toy
from tests.dojo.test_watch import OTHER_ENTRY, OTHER_TEST

README = """\
# q01: Doubling

See [the stub](double.py), [q02](../q02/README.md) and [a guide](https://example.org/guide).
<script>alert(1)</script> ![A curve](../../docs/curve.png) ![No](../../../secret.png)

```mermaid
graph LR
  a --> b
```

## The tasks

### 1. `double`: twice as much

## Follow-up questions

- Why does it double?

## What holds today

It is x + x.
"""
EVIL = "</script><script>document.title='evil'</script><img src=//evil.example/x onerror=alert(1)>"
PIXEL = bytes.fromhex("89504e470d0a1a0a")


def build(folder: Path) -> Path:
    """The toy kata, with a README and a second stub that is done."""
    folder.mkdir()
    toy.build(folder, test_double=toy.LIGHT_TEST, kata=toy.KATA + OTHER_ENTRY)
    (folder / "katas/q01/other.py").write_text("def other():\n    return 1\n")
    (folder / "katas/q01/test_other.py").write_text(OTHER_TEST)
    (folder / "katas/q01/README.md").write_text(README)
    (folder / "docs").mkdir()
    (folder / "docs/curve.png").write_bytes(PIXEL)
    (folder.parent / "secret.png").write_bytes(PIXEL)
    return folder


def judged(checkout: Path) -> State:
    """Of a watch that has seen a test pass, one fail, and one that took too long."""
    catalogue = Catalogue(checkout)
    kata = catalogue.kata("q01")
    state = State(catalogue, [(kata, stub) for stub in kata.stubs])
    failure = Failure(
        "double(3)", "6", EVIL, f"Twice is `x + x`. {EVIL}", yours="katas/double.py:2"
    )
    state.take(
        [
            Verdict("q01", "double", "test_doubles", "It doubles.", 4, word="passed"),
            Verdict(
                "q01", "double", f"test_x[{EVIL}]", "It is.", 9, word="failed", failure=failure
            ),
            Verdict("q01", "double", "test_y", "It was.", 12, word="timeout"),
            Verdict("q01", "other", "test_other", "The other.", 4, word="passed"),
        ]
    )
    return state
