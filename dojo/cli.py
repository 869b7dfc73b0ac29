"""The `dojo` command: how far you are, hints, solutions, the warm process; help for authors.

A checkout has a dojo of its own, and that is the one that acts on it, whichever was installed.
"""

from __future__ import annotations

import io
import os
import subprocess
import sys
import time
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from enum import StrEnum
from pathlib import Path
from typing import Annotated, NoReturn

import typer

import dojo
from dojo.author.check import NothingToProveError
from dojo.author.check import check as prove
from dojo.author.new import ScaffoldError, scaffold
from dojo.catalogue import Catalogue, CatalogueError, Kata, Stub
from dojo.checkout import checkout_at
from dojo.learner.doctor import lines as examined
from dojo.learner.hint import hint as next_hint
from dojo.learner.listing import listing
from dojo.learner.names import LearnerError, find
from dojo.learner.reset import carry_out, changes
from dojo.learner.solution import solution as compared
from dojo.learner.standing import next_of, standings
from dojo.pack import PackError
from dojo.pack import pack as write_zip
from dojo.warm import client
from dojo.warm.address import Home, HomeError
from dojo.watch.loop import Watch

app = typer.Typer(no_args_is_help=True, add_completion=False, help=__doc__)


class Action(StrEnum):
    start = "start"
    stop = "stop"
    status = "status"


NAME = "a kata or a stub, as q09 or q09/counter"


@app.command("list")
def list_(
    kata: Annotated[str | None, typer.Argument(help="one kata, as q09")] = None,
) -> None:
    """Show the katas and their stubs, how far you are, and what is next."""
    with refusing():
        catalogue = Catalogue(checkout())
        show(listing(catalogue, find(catalogue, kata)[0] if kata else None))


@app.command()
def hint(
    name: Annotated[str | None, typer.Argument(help=NAME)] = None,
    again: Annotated[bool, typer.Option("--again", help="all that you have seen so far")] = False,
) -> None:
    """Show the next hint for the first open stub, or for the one you name."""
    with refusing():
        show(next_hint(Catalogue(checkout()), name, again))


@app.command()
def reset(
    name: Annotated[str, typer.Argument(help=NAME)],
    yes: Annotated[bool, typer.Option("--yes", help="do not ask")] = False,
    undo: Annotated[bool, typer.Option("--undo", help="bring back what was replaced")] = False,
) -> None:
    """Start a stub anew: as you got it. Your text is kept beside it."""
    with refusing():
        planned = changes(Catalogue(checkout(), complete=False), name, undo)
        for change in planned:
            print(f"katas/{change.file.parent.name}/{change.file.name}")
        if not yes:
            typer.confirm("Replace, and keep the text it has now beside it?", abort=True)
        show(carry_out(planned))


@app.command()
def solution(
    name: Annotated[str, typer.Argument(help="a stub, as q09/counter")],
    peek: Annotated[bool, typer.Option("--peek", help="before your answer has passed")] = False,
) -> None:
    """Compare your answer with the solution, and read its reasons."""
    with refusing():
        show(compared(Catalogue(checkout()), name, peek))


@app.command()
def doctor() -> None:
    """Look at this machine: what is missing for the katas, and what to do about it."""
    trouble = False
    for finding, line in examined(checkout()):
        print(line)
        trouble |= finding.word == "trouble"
    raise typer.Exit(int(trouble))


@app.command()
def warm(action: Annotated[Action, typer.Argument()] = Action.start) -> None:
    """Keep TensorFlow imported: with this, `pytest katas/q09` takes about a second."""
    home = Home.of(checkout())
    if action is Action.stop:
        print("Stopped." if client.stop(home) else "No warm process was running.")
    elif client.is_up(home):
        print("A warm process is up for this checkout.")
    elif action is Action.status:
        refuse("No warm process is up for this checkout.")
    else:
        start(home)


def start(home: Home) -> None:
    began = time.monotonic()
    try:
        client.stop(home)  # one that is out of date
        client.wait_until_up(home, client.start(home))
    except (client.ServerError, HomeError) as error:
        refuse(str(error))
    took = time.monotonic() - began
    print(f"Warm after {took:.0f} s. Ends after 30 idle minutes, or with `dojo warm stop`.")


@app.command()
def watch(
    what: Annotated[str | None, typer.Argument(help=NAME)] = None,
    plain: Annotated[bool, typer.Option("--plain", help="a line for each event")] = False,
    poll: Annotated[bool, typer.Option("--poll", help="look at files again and again")] = False,
) -> None:
    """Judge every save at once: the stub that was saved first, then the rest of its kata."""
    root = checkout()
    with refusing():
        stubs = watched(Catalogue(root), what)
        raise typer.Exit(Watch(root, stubs, plain, poll or None).run())


def watched(catalogue: Catalogue, name: str | None) -> list[tuple[Kata, Stub]]:
    """The stub that is named, or those of a kata; without a name, of the kata that is next."""
    following = next_of(standings(catalogue))
    if name:
        kata, stub = find(catalogue, name)
    else:
        kata, stub = (following.kata if following else next(iter(catalogue.katas.values()))), None
    return [(kata, each) for each in kata.stubs if stub in (None, each)]


@app.command()
def new(
    kata: Annotated[str, typer.Argument(help="the id, q01 to q99")],
    title: Annotated[str, typer.Argument(help="the question in a few words")],
    stubs: Annotated[list[str], typer.Argument(help="names of the files a learner edits")],
) -> None:
    """Write the skeleton of a new kata: docs/writing-a-kata.md says how to fill it."""
    try:
        for path in scaffold(checkout(), kata, title, stubs):
            print(path)
    except ScaffoldError as error:
        refuse(str(error))


@app.command()
def check(
    kata: Annotated[str, typer.Argument(help="the id of a kata, as q09")],
    record: Annotated[bool, typer.Option("--record", help="re-record the messages")] = False,
) -> None:
    """Prove the graders of one kata and run its facts."""
    try:
        raise typer.Exit(prove(checkout(), kata, record))
    except NothingToProveError as error:
        refuse(str(error))


@app.command()
def pack(
    to: Annotated[Path | None, typer.Option(help="the zip, where nothing is yet")] = None,
) -> None:
    """Pack your answers into one zip, to hand them in."""
    try:
        file, names, untouched = write_zip(checkout(), to)
    except (PackError, CatalogueError) as error:
        refuse(str(error))
    for name in names:
        print(name)
    if untouched:
        print(f"Still as you got it: {', '.join(untouched)}.")
    print(f"Packed into {file}.")


def checkout() -> Path:
    """The checkout that the working directory lies in."""
    return checkout_at(Path.cwd()) or refuse(
        "Go to the checkout first: no folder katas/ here or above."
    )


def show(lines: Iterable[str]) -> None:
    for line in lines:
        print(line)


@contextmanager
def refusing() -> Iterator[None]:
    """What cannot be done ends the command with one sentence."""
    try:
        yield
    except (LearnerError, CatalogueError, PackError, HomeError) as error:
        refuse(str(error))


def refuse(sentence: str) -> NoReturn:
    print(sentence, file=sys.stderr)
    raise typer.Exit(1)


def main() -> None:
    if isinstance(sys.stdout, io.TextIOWrapper):
        sys.stdout.reconfigure(errors="replace")  # a hint has characters that not all can print
    root, mine = checkout_at(Path.cwd()), Path(dojo.__file__).parent.resolve()
    if root and (root / "dojo").is_dir() and root / "dojo" != mine:
        path = os.pathsep.join(filter(None, [str(root), os.environ.get("PYTHONPATH", "")]))
        command = [sys.executable, "-m", "dojo", *sys.argv[1:]]
        sys.exit(subprocess.call(command, env={**os.environ, "PYTHONPATH": path}))
    app()


if __name__ == "__main__":
    main()
