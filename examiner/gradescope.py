"""`examiner gradescope`: an autograder for Gradescope, as the zip that it asks for.

Its layout is that of https://gradescope-autograders.readthedocs.io: setup.sh builds the image,
run_autograder grades what lies in /autograder/submission and writes results/results.json.
"""

from __future__ import annotations

import json
import os
import tempfile
import zipfile
from collections.abc import Iterator
from pathlib import Path

from dojo.catalogue import Catalogue
from examiner.model import ExaminerError
from examiner.terms import Terms

TEMPLATES = Path(__file__).parent / "templates" / "gradescope"
FILES = ("conftest.py", "pyproject.toml", "constraints.txt", "README.md", "LICENSE")
FOLDERS = ("dojo", "lab", "examiner")
OF_A_KATA = ("katas", "solutions", "tests/graders")
ENTRY = "tf-katas"
EXECUTABLE = 0o755 << 16


def write(root: Path, target: Path, terms: Terms) -> None:
    """Write the autograder of a task to the zip `target`.

    Raises:
        ExaminerError: the file is there already, or cannot be written.
    """
    if target.exists():
        raise ExaminerError(f"{target} is there already; name a new file.")
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        draft = Path(tempfile.mkstemp(dir=target.parent)[1])
        fill(draft, root, terms)
        draft.chmod(0o644)
        os.replace(draft, target)
    except OSError as error:
        raise ExaminerError(f"{target} cannot be written: {error.strerror}.") from None


def fill(draft: Path, root: Path, terms: Terms) -> None:
    task = {"id": terms.task, "stubs": list(map("/".join, terms.stubs)), "hidden": terms.hidden}
    with zipfile.ZipFile(draft, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, text in scripts(terms.unsafe).items():
            entry = zipfile.ZipInfo(name)
            entry.external_attr = EXECUTABLE
            archive.writestr(entry, text)
        archive.writestr("task.json", json.dumps(task, indent=1) + "\n")
        for file in files(root, sorted({kata for kata, _ in terms.stubs})):
            archive.write(file, f"{ENTRY}/{file.relative_to(root).as_posix()}")


def scripts(unsafe: bool) -> dict[str, str]:
    texts = {file.name: file.read_text(encoding="utf-8") for file in sorted(TEMPLATES.iterdir())}
    return {n: text.replace(" UNSAFE", " --unsafe" if unsafe else "") for n, text in texts.items()}


def files(root: Path, katas: list[str]) -> Iterator[Path]:
    """What of the checkout is needed to grade these katas."""
    folders = [*FOLDERS, *(f"{part}/{kata}" for part in OF_A_KATA for kata in katas)]
    yield from (root / name for name in FILES if (root / name).is_file())
    for folder in folders:
        for file in sorted((root / folder).rglob("*")):
            if file.is_file() and "__pycache__" not in file.parts:
                yield file


def terms_of(catalogue: Catalogue, katas: list[str], unsafe: bool) -> Terms:
    """All stubs of these katas."""
    stubs = [(name, stub.id) for name in katas for stub in catalogue.kata(name).stubs]
    return Terms("-".join(katas), tuple(stubs), unsafe=unsafe)
