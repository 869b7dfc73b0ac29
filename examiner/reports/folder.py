"""All reports of one grading, in one folder that appears when all of them are written."""

from __future__ import annotations

import tempfile
from pathlib import Path

from examiner.model import ExaminerError, Grading
from examiner.reports import as_json

WRITERS = {"grading.json": as_json.write}


def write_all(grading: Grading, report: Path) -> None:
    """Write into `report`, which is new or empty. Raises ExaminerError, and leaves nothing half."""
    texts = {name: write(grading) for name, write in WRITERS.items()}
    try:
        report.parent.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryDirectory(dir=report.parent, prefix=".report-") as draft:
            for name, text in texts.items():
                Path(draft, name).write_text(text, encoding="utf-8")
            if report.exists():
                report.rmdir()
            Path(draft).rename(report)
            Path(draft).mkdir()
        report.chmod(0o755)
    except OSError as error:
        raise ExaminerError(f"{report} cannot be written: {error.strerror}.") from None
