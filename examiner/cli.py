"""The `examiner` command: give katas as a task, and grade what comes back."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Annotated, NoReturn

import typer

from dojo.catalogue import CatalogueError
from dojo.checkout import checkout_at
from examiner.export import Order
from examiner.export import export as write_task
from examiner.grade import grade as grade_submission
from examiner.model import ExaminerError, Grading
from examiner.reports.folder import write_all

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
    stubs: Annotated[
        list[str] | None, typer.Option(help="q09/counter: grade these, not what was sent")
    ] = None,
    seed: Annotated[int | None, typer.Option(help="repeat a grading exactly")] = None,
    unsafe: Annotated[bool, typer.Option(help="do without bubblewrap")] = False,
) -> None:
    """Grade a submission in a jail, and write what came out."""
    pairs = []
    for name in stubs or ():
        kata, _, stub = name.partition("/")
        pairs.append((kata, stub))
    try:
        if report:
            check_empty(report)
        result = grade_submission(submission, checkout(), seed=seed, stubs=pairs, unsafe=unsafe)
        if report:
            write_all(result, report)
    except (ExaminerError, CatalogueError) as error:
        refuse(str(error))
    print_summary(result, report)


def check_empty(report: Path) -> None:
    """Raises ExaminerError: nothing that is there already is overwritten."""
    if report.exists() and (not report.is_dir() or any(report.iterdir())):
        raise ExaminerError(f"{report} is not empty; name a new folder for the report.")


def print_summary(grading: Grading, report: Path | None) -> None:
    for stub in grading.stubs:
        (idea, ideas), (beyond, beyonds) = stub.count(False), stub.count(True)
        more = f", beyond {beyond} of {beyonds}" if beyonds else ""
        print(f"{stub.kata}  {stub.stub:<22}idea {idea} of {ideas}{more}")
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


def refuse(sentence: str) -> NoReturn:
    print(sentence, file=sys.stderr)
    raise typer.Exit(1)


def main() -> None:
    app()


if __name__ == "__main__":
    main()
