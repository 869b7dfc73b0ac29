"""The `examiner` command: give katas as a task, and grade what comes back."""

from __future__ import annotations

import json
import os
import sys
from dataclasses import replace
from pathlib import Path
from typing import Annotated, NoReturn

import typer

from dojo.catalogue import Catalogue, CatalogueError
from dojo.checkout import checkout_at
from examiner.export import Order
from examiner.export import export as write_task
from examiner.grade import grade as grade_one
from examiner.gradescope import terms_of
from examiner.gradescope import write as write_autograder
from examiner.model import ExaminerError, FaultError, Grading
from examiner.reports import as_classroom50
from examiner.reports.folder import write_all
from examiner.terms import Terms

OUR_FAULT = 3  # exit status: nothing is known of the submission
INTERRUPTED = 130  # exit status, as of any program that Ctrl-C ends

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
    classroom50: Annotated[
        Path | None, typer.Option(help="a result file for Classroom 50, whose runner calls this")
    ] = None,
) -> None:
    """Grade a submission in a jail, and write what came out."""
    try:
        if report:
            check_empty(report)
        terms = replace(read_task(task) if task else Terms(), seed=seed, unsafe=unsafe)
        result = grade_one(submission, checkout(), terms)
        if report:
            write_all(result, report)
        if classroom50:
            classroom50.write_text(as_classroom50.write(result, os.environ), encoding="utf-8")
    except FaultError as error:
        refuse(f"The examiner failed, not the submission: {error}", OUR_FAULT)
    except (ExaminerError, CatalogueError) as error:
        refuse(str(error))
    print_summary(result, report)
    if report and not task:
        print("Without --task no test counts as hidden: feedback.md tells of all of them.")


@app.command()
def batch(
    folder: Annotated[Path, typer.Argument(help="with a file or a folder for each submission")],
    report: Annotated[
        Path, typer.Option(help="a new folder, or one of this command: then it goes on there")
    ],
    task: Annotated[
        Path | None, typer.Option(help="the file that the export has written beside the task")
    ] = None,
    jobs: Annotated[
        int | None, typer.Option(min=1, help="how many at a time; by default one for each core")
    ] = None,
    scheduler: Annotated[
        str, typer.Option(metavar="ADDRESS", help="of a Dask cluster, as tcp://192.168.0.7:8786")
    ] = "",
    seed: Annotated[int | None, typer.Option(help="the same for all, to repeat a batch")] = None,
    unsafe: Annotated[bool, typer.Option(help="do without bubblewrap")] = False,
) -> None:
    """Grade all submissions in a folder, and write an overview of them."""
    from examiner.batch.run import batch as grade_all
    from examiner.batch.store import Store
    from examiner.overview.folder import PAGE, write_reports

    try:
        terms = replace(read_task(task) if task else Terms(), seed=seed, unsafe=unsafe)
        root = checkout()
        with Store(report) as store:
            grade_all(folder, root, store, terms, jobs, scheduler)
            write_reports(store, root, report)
            words = [row["word"] for row in store.rows("SELECT word FROM submission")]
    except FaultError as error:
        refuse(f"The examiner failed, not the submissions: {error}", OUR_FAULT)
    except KeyboardInterrupt:
        refuse("Interrupted. What is graded is kept; the same command goes on.", INTERRUPTED)
    except (ExaminerError, CatalogueError) as error:
        refuse(str(error))
    counts = [f"{words.count(word)} {word}" for word in ("graded", "refused", "failed")]
    print(f"{', '.join(counts)}. Overview: {report / PAGE}")
    if "failed" in words:
        raise typer.Exit(OUR_FAULT)


@app.command()
def gradescope(
    to: Annotated[Path, typer.Option(help="a new zip, to be uploaded as the autograder")],
    katas: Annotated[list[str] | None, typer.Argument(help="as q09")] = None,
    task: Annotated[
        Path | None, typer.Option(help="the file that the export has written beside the task")
    ] = None,
    unsafe: Annotated[
        bool, typer.Option(help="grade without bubblewrap, where the container forbids it")
    ] = False,
) -> None:
    """Write an autograder for Gradescope, for a task or for whole katas."""
    try:
        root = checkout()
        if bool(task) == bool(katas):
            raise ExaminerError("Name katas, as q03 q06, or a task with --task.")
        terms = read_task(task) if task else terms_of(Catalogue(root), katas or [], unsafe)
        write_autograder(root, to, replace(terms, unsafe=unsafe))
    except (ExaminerError, CatalogueError) as error:
        refuse(str(error))
    print(f"To be uploaded: {to}")


def read_task(file: Path) -> Terms:
    """What a task is called, its stubs and its hidden tests. Raises ExaminerError."""
    try:
        task = json.loads(file.read_text(encoding="utf-8"))
        if "hidden" not in task and "stubs" in task:
            raise ExaminerError(
                f"{file} is the candidate's: take the file that lies beside the exported folder."
            )
        pairs = tuple((kata, stub) for kata, stub in (name.split("/") for name in task["stubs"]))
        return Terms(str(task["id"]), pairs, tuple(str(name) for name in task["hidden"]))
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
