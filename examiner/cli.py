"""The `examiner` command: give katas as a task, and grade what comes back."""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import Annotated, NoReturn

import typer

from dojo.catalogue import CatalogueError
from dojo.checkout import checkout_at
from examiner.export import Order
from examiner.export import export as write_task
from examiner.grade import grade as grade_submission
from examiner.model import ExaminerError, FaultError, Grading
from examiner.reports.folder import write_all

OUR_FAULT = 3  # exit status: nothing is known of the submission

app = typer.Typer(no_args_is_help=True, add_completion=False, help=__doc__)


@app.callback()
def examiner() -> None:
    """Give katas as a task, and grade what comes back."""


@app.command()
def export(
    to: Annotated[Path, typer.Option(help="a new folder, outside of the checkout")],
    katas: Annotated[list[str] | None, typer.Argument(help="as q09")] = None,
    stubs: Annotated[
        list[str] | None, typer.Option(help="q09/counter: of this kata, only such stubs")
    ] = None,
    hide: Annotated[
        list[str] | None, typer.Option(help="q09/counter/test_x: keep this test back")
    ] = None,
    hours: Annotated[
        float | None, typer.Option(help="the time box; by default what the stubs take")
    ] = None,
    name: Annotated[
        str, typer.Option("--for", metavar="ID", help="what the task is called; as the folder")
    ] = "",
    hints: Annotated[bool, typer.Option("--hints", help="give the hints, too")] = False,
) -> None:
    """Write katas as a take-home task: a git repository without anything that spoils it."""
    order = Order(tuple(katas or ()), tuple(stubs or ()), tuple(hide or ()), hours, name, hints)
    try:
        secret = write_task(checkout(), to, order)
    except (ExaminerError, CatalogueError) as error:
        refuse(str(error))
    print(f"The task, to give out:  {to}")
    print(f"For you, to keep:       {secret}")


@app.command()
def grade(
    submission: Annotated[Path, typer.Argument(help="a folder, zip, tar, repository or bundle")],
    report: Annotated[
        Path | None, typer.Option(help="a new folder for the scorecard and the other reports")
    ] = None,
    task: Annotated[
        Path | None, typer.Option(help="the file that the export has written beside the task")
    ] = None,
    seed: Annotated[int | None, typer.Option(help="repeat a grading exactly")] = None,
    unsafe: Annotated[bool, typer.Option(help="do without bubblewrap")] = False,
) -> None:
    """Grade a submission in a jail, and write what came out."""
    try:
        if report:
            check_empty(report)
        name, stubs, hidden = read_task(task) if task else ("", [], [])
        root = checkout()
        result = grade_submission(
            submission, root, task=name, seed=seed, stubs=stubs, hidden=hidden, unsafe=unsafe
        )
        if report:
            write_all(result, report)
    except FaultError as error:
        refuse(f"The examiner failed, not the submission: {error}", OUR_FAULT)
    except (ExaminerError, CatalogueError) as error:
        refuse(str(error))
    print_summary(result, report)
    if report and not task:
        print("Without --task no test counts as hidden: feedback.md tells of all of them.")


def read_task(file: Path) -> tuple[str, list[tuple[str, str]], list[str]]:
    """What a task is called, its stubs and its hidden tests. Raises ExaminerError."""
    try:
        task = json.loads(file.read_text(encoding="utf-8"))
        if "hidden" not in task and "stubs" in task:
            raise ExaminerError(
                f"{file} is the candidate's: take the file that lies beside the exported folder."
            )
        pairs = [(kata, stub) for kata, stub in (name.split("/") for name in task["stubs"])]
        return str(task["id"]), pairs, [str(name) for name in task["hidden"]]
    except OSError as error:
        raise ExaminerError(f"{file} cannot be read: {error.strerror}.") from None
    except (ValueError, KeyError, TypeError, AttributeError):
        raise ExaminerError(
            f"{file} is no task: the export writes such a file beside it."
        ) from None


def check_empty(report: Path) -> None:
    """Raises ExaminerError: nothing that is there already is overwritten."""
    if report.exists() and (not report.is_dir() or any(report.iterdir())):
        raise ExaminerError(f"{report} is not empty; name a new folder for the report.")


def print_summary(grading: Grading, report: Path | None) -> None:
    for stub in grading.stubs:
        (idea, ideas), (beyond, beyonds) = stub.count(False), stub.count(True)
        more = f", beyond {beyond} of {beyonds}" if beyonds else ""
        state = "" if stub.changed else "  not begun" if stub.file else "  not sent in"
        print(f"{stub.kata}  {stub.stub:<22}idea {idea} of {ideas}{more}{state}")
    for doubt in grading.doubts:
        print(f"Look at this: {doubt}")
    print(f"Seed {grading.seed}. {grading.seconds:.1f} s. Isolation: {grading.isolation}.")
    if report:
        print(f"Scorecard: {report / 'scorecard.html'}")


def checkout() -> Path:
    """The checkout that the working directory lies in."""
    return checkout_at(Path.cwd()) or refuse(
        "Go to the checkout first: no folder katas/ here or above."
    )


def refuse(sentence: str, status: int = 1) -> NoReturn:
    print(sentence, file=sys.stderr)
    raise typer.Exit(status)
