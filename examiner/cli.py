"""The `examiner` command: give katas as a task, and grade what comes back."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Annotated, NoReturn

import typer

from dojo.catalogue import CatalogueError
from dojo.checkout import checkout_at
from examiner.grade import grade as grade_submission
from examiner.model import ExaminerError, FaultError, Grading
from examiner.reports.folder import write_all

OUR_FAULT = 3  # exit status: nothing is known of the submission

app = typer.Typer(no_args_is_help=True, add_completion=False, help=__doc__)


@app.callback()
def examiner() -> None:
    """Give katas as a task, and grade what comes back."""


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
    except FaultError as error:
        refuse(f"The examiner failed, not the submission: {error}", OUR_FAULT)
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


def refuse(sentence: str, status: int = 1) -> NoReturn:
    print(sentence, file=sys.stderr)
    raise typer.Exit(status)


def main() -> None:
    app()


if __name__ == "__main__":
    main()
