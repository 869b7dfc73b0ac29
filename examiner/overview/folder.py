"""All that is made from the results of a batch, in the folder where these are."""

from __future__ import annotations

import os
import re
import shutil
import tempfile
from pathlib import Path

from examiner.batch.arrivals import digest
from examiner.batch.store import Store
from examiner.model import ExaminerError, Grading
from examiner.overview import as_csv, page
from examiner.reports import as_json
from examiner.reports.folder import write_all

PAGE = "overview.html"


def write_reports(store: Store, root: Path, report: Path) -> None:
    """The overview page, tables, and a folder of reports for each submission.

    Raises:
        ExaminerError: something cannot be written.
    """
    folders = {name: f"submissions/{safe(name)}" for name, _ in store.gradings()}
    for name, grading in store.gradings():
        write_new(grading, report / folders[name])
    made = {
        PAGE: page.write(store, root, folders),
        "scores.csv": as_csv.scores(store),
        "moodle.csv": as_csv.moodle(store),
    }
    try:
        for file, text in made.items():
            if text:
                put(report / file, text)
    except OSError as error:
        raise ExaminerError(f"{report} cannot be written to: {error.strerror}.") from None


def write_new(grading: Grading, folder: Path) -> None:
    """Unless it is the one that is there."""
    known = folder / "grading.json"
    text = as_json.write(grading).encode("utf-8", "replace")
    if known.is_file() and known.read_bytes() == text:
        return
    shutil.rmtree(folder, ignore_errors=True)
    write_all(grading, folder)


def put(file: Path, text: str) -> None:
    """Write a file whole: whoever has the page open sees the old one or the new one."""
    with tempfile.NamedTemporaryFile(dir=file.parent, delete=False) as draft:
        draft.write(text.encode("utf-8", "replace"))
    Path(draft.name).chmod(0o644)
    os.replace(draft.name, file)


def safe(name: str) -> str:
    """A folder's name for any submission's; two submissions never share one."""
    plain = re.sub(r"[^\w.-]", "_", name).strip(".") or "_"
    return name if name == plain[:80] else f"{plain[:80]}-{digest(name)[:8]}"
