"""The process that grades one submission of a batch: `python -m examiner.batch.apart`."""

from __future__ import annotations

import os
import pickle
import sys
import threading
from pathlib import Path

from examiner.batch.arrivals import checkout_digest
from examiner.batch.work import Outcome, Work
from examiner.grade import environment, grade_submission
from examiner.model import ExaminerError, FaultError
from examiner.reports import as_json

ROOT = Path(__file__).parents[2]
OTHER = "The katas on this worker are others than those of the batch; update its checkout."


def outcome_of(work: Work) -> Outcome:
    if checkout_digest(ROOT, environment()) != work.checkout:
        return Outcome("failed", OTHER)
    try:
        return Outcome("graded", as_json.write(grade_submission(work.submission, ROOT, work.terms)))
    except FaultError as error:
        return Outcome("failed", str(error))
    except ExaminerError as error:
        return Outcome("refused", str(error))
    except Exception as error:  # a fault of ours must not end a batch
        return Outcome("failed", f"The examiner failed: {type(error).__name__}: {error}")


def end_with_the_other_side() -> None:
    """Nothing more is ever said: the pipe is at its end when the batch's process is gone."""
    os.read(0, 1)
    os._exit(1)  # the jail goes along


def main() -> None:
    work = pickle.load(sys.stdin.buffer)
    threading.Thread(target=end_with_the_other_side, daemon=True).start()
    outcome = outcome_of(work)
    sys.stdout.buffer.write(pickle.dumps(outcome))
    sys.stdout.buffer.flush()
    os._exit(0)


if __name__ == "__main__":
    main()
