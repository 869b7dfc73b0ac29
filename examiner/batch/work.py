"""One grading of a batch, in a process of its own: whatever becomes of it, the batch goes on."""

from __future__ import annotations

import pickle
import signal
import subprocess
import sys
import threading
from dataclasses import dataclass
from pathlib import Path

from examiner.jail import NO_MEMORY
from examiner.submission import Submission
from examiner.terms import Terms

TRIES = 3  # of a grading that ends by no fault of the submission, as far as is known
OVERTIME = 300.0  # seconds beyond a jail's own limit: its start, and what the examiner does


@dataclass(frozen=True)
class Work:
    """A submission to be graded.

    Attributes:
        key: of its content, the terms and the katas.
        checkout: the digest of the katas that it is to be graded with.
    """

    key: str
    submission: Submission
    terms: Terms
    checkout: str


@dataclass(frozen=True)
class Outcome:
    """What came of it.

    Attributes:
        word: "graded"; "refused", which is the submission's fault; or "failed", which is ours.
        text: the grading as JSON, or the reason in a sentence.
    """

    word: str
    text: str


def grade_apart(work: Work) -> Outcome:
    """Have it graded by another process, which ends when this one does."""
    outcome = one_try(work)
    for _ in range(TRIES - 1):
        if outcome.word != "failed" and NO_MEMORY not in outcome.text:
            break
        outcome = one_try(work)
    return outcome


def one_try(work: Work) -> Outcome:
    with subprocess.Popen(
        [sys.executable, "-m", "examiner.batch.apart"],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        cwd=Path(__file__).parents[2],
        start_new_session=True,  # Ctrl-C is the batch's
    ) as process:
        limit = threading.Timer(work.terms.limits.wall + OVERTIME, process.kill)
        limit.start()
        try:
            return exchange(process, work)
        finally:
            limit.cancel()
            process.kill()


def exchange(process: subprocess.Popen[bytes], work: Work) -> Outcome:
    """Say what is to be graded, and hear what came of it.

    The pipe stays open meanwhile: where it is closed, this process is gone.
    """
    assert process.stdin
    assert process.stdout
    try:
        pickle.dump(work, process.stdin)
        process.stdin.flush()
        outcome = pickle.load(process.stdout)
    except (OSError, EOFError, pickle.UnpicklingError):
        return Outcome("failed", f"The process of its grading {ending(process.wait())}.")
    assert isinstance(outcome, Outcome)
    return outcome


def ending(status: int) -> str:
    if status >= 0:
        return f"ended with status {status}"
    names = {each.value: each.name for each in signal.Signals}
    return f"was ended by {names.get(-status, f'signal {-status}')}"
