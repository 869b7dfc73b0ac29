"""A grading in which every text that a candidate decides on is hostile."""

from __future__ import annotations

from dojo.report.failure import Failure
from dojo.report.verdict import Verdict
from examiner.model import Grading, Likeness, ProbeResult, StubResult, TestResult

NASTY = (
    "<script>alert(1)</script> ]]> </pre> --> {{ 7 * 7 }} & \"quoted\" 'text'\n"
    "# heading\n=1+1\n| a | b |\n```\n~~~\n"
    "![x](https://evil.example/x.png) <img src=//evil.example>\n"
    "\x1b[31mred\x1b[0m \x1b]0;title\x07 \x00 \x85 \u202eturned\u202c \ud800 \uffff"
    " ünïcödé 日本 🙂\r\n"
    "`code` ``two`` @someone #12 www.evil.example $x$\n" + "x" * 10_000
)
SECRET = "SECRETTEST"  # of a hidden test
INPUTS = "SECRETINPUT"  # of a hidden check
INTERNAL = "INTERNALWORD"  # what is for the examiner alone
SOURCE = f"def count():\n    return 1  # {NASTY}\n"


def failure(text: str, **more: str) -> Failure:
    parts = {"called": text, "expected": text, "seen": text, "idea": text, "printed": text}
    return Failure(**{**parts, "test": "katas/q09/test_counter.py:7", **more})


def judged(name: str, word: str, text: str = "", beyond: bool = False, **more: bool) -> TestResult:
    told = failure(text, yours="answers/q09/counter.py:2") if text else None
    sentence = f"{name.replace('_', ' ')} in a `tf.function`."
    return TestResult(
        Verdict("q09", "counter", f"test_{name}", sentence, 7, beyond, word, told), **more
    )


def counter() -> StubResult:
    stub = StubResult("q09", "counter", "A counter that counts", 10, "q09/counter.py", SOURCE)
    stub.changed, stub.failed_at, stub.hints = True, [2], 1
    stub.tests = [
        judged("counts", "passed"),
        judged("starts_at_one", "failed", NASTY),
        judged("counts_in_graphs", "failed", NASTY),
        judged(f"with_values[{NASTY}]", "failed", "other"),
        judged("ends", "timeout", beyond=True),
        judged("lives", "crashed", beyond=True),
        judged("never_ran", "not-run"),
        judged("left_out", "skipped"),
        judged(SECRET, "failed", SECRET, hidden=True),
        judged(f"{SECRET}_too", "passed", hidden=True),
    ]
    stub.probes = [
        ProbeResult(f"{INPUTS} are counted.", False, f"{INPUTS} {NASTY}"),
        ProbeResult("Others are counted.", True),
    ]
    stub.misconceptions = ["A Python number keeps a count in a `tf.function`."]
    stub.flags, stub.doubts = [f"line 1: {INTERNAL} {NASTY}"], [f"{INTERNAL} passes"]
    stub.likeness = [
        Likeness("the published solution", 0.62, f"{INTERNAL} = 1\n"),
        Likeness("other", 0.5, f"{INTERNAL} = 2\n"),
    ]
    stub.questions = ["What does `tf.function` do?"]
    return stub


def done(stub: str) -> StubResult:
    """A stub without a fault."""
    found = StubResult("q09", stub, "Momentum", 20, f"q09/{stub}.py", "x = 1\n", True)
    found.tests = [judged("moves", "passed"), judged("rests", "passed", beyond=True)]
    return found


def grading() -> Grading:
    missing = StubResult("q09", "gradient_sources", "Gradients", 12)
    missing.tests = [judged("flows", "not-run")]
    return Grading(
        name=f"anna {NASTY}",
        seed=7,
        isolation="bubblewrap: no network",
        started="2025-03-01T10:00:00+00:00",
        seconds=12.5,
        stubs=[counter(), done("momentum"), missing],
        ignored=[NASTY, "todo.txt"],
        notes=NASTY,
        remarks=[f"{INTERNAL} {NASTY}"],
        history=[("2025-03-01T10:00:00+01:00", NASTY), (NASTY, "second"), ("2025-03-03T10:00", "")],
        environment={"python": "3.12.1"},
    )


def clean_grading() -> Grading:
    """A submission with which nothing is wrong."""
    return Grading("ben", 7, "bubblewrap", "2025-03-01T10:00:00+00:00", 2.0, [done("momentum")])
