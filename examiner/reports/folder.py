"""All reports of one grading, in one folder that appears when all of them are written."""

from __future__ import annotations

import os
import shutil
import tempfile
from pathlib import Path

from examiner.model import ExaminerError, Grading
from examiner.reports import (
    as_exercism,
    as_feedback,
    as_gradescope,
    as_html,
    as_json,
    as_junit,
    as_summary,
)

WRITERS = {
    "scorecard.html": as_html.write,
    "grading.json": as_json.write,
    "junit.xml": as_junit.write,
    "gradescope.json": as_gradescope.write,
    "exercism.json": as_exercism.write,
    "summary.md": as_summary.write,
    "feedback.md": as_feedback.write,
}


def write_all(grading: Grading, report: Path) -> None:
    """Write into `report`, which is new or empty: all reports, or none.

    Raises:
        ExaminerError: they cannot be written. Nothing is left of them then.
    """
    texts = {name: write(grading) for name, write in WRITERS.items()}
    try:
        report.parent.mkdir(parents=True, exist_ok=True)
        draft = Path(tempfile.mkdtemp(dir=report.parent, prefix=f".{report.name}-"))
        try:
            for name, text in texts.items():
                Path(draft, name).write_bytes(text.encode("utf-8", "replace"))
            draft.chmod(0o755)
            if os.name == "nt" and report.exists():
                report.rmdir()  # elsewhere, an empty folder is replaced
            draft.rename(report)
        finally:
            shutil.rmtree(draft, ignore_errors=True)
    except OSError as error:
        raise ExaminerError(f"{report} cannot be written: {error.strerror or error}.") from None
