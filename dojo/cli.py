"""The `dojo` command: how far you are, hints, solutions, the warm process; help for authors.

A checkout has a dojo of its own, and that is the one that acts on it, whichever was installed.
"""

from __future__ import annotations

import io
import os
import subprocess
import sys
import time
import webbrowser
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, NoReturn

import typer
from typer.core import TyperGroup

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
from dojo.learner.update import update as merge_new
from dojo.pack import PackError
from dojo.pack import pack as write_zip
from dojo.pairing.commands import end, hand_over, note, open_table
from dojo.pairing.loop import PairWatch
from dojo.pairing.session import Mode
from dojo.pairing.start import Opening, Wish, sit_down
from dojo.warm import client
from dojo.warm.address import Home, HomeError
from dojo.watch.loop import Watch

if TYPE_CHECKING:
    from dojo.watch.page.server import Page

app = typer.Typer(no_args_is_help=True, add_completion=False, help=__doc__)


class Action(StrEnum):
    start = "start"
    stop = "stop"
    status = "status"


NAME = "a kata or a stub, as q09 or q09/counter"
POLL = "look at files again and again"
OPEN = "open the page in your browser"


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
        show(next_hint(Catalogue(checkout()), name, again=again))


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
def update(
    remote: Annotated[str, typer.Argument(help="where it comes from")] = "origin",
    dry_run: Annotated[bool, typer.Option("--dry-run", help="only say what would be done")] = False,
) -> None:
    """Merge new katas and fixes into your checkout. What you changed is never overwritten."""
    with refusing():
        report = merge_new(checkout(), remote, dry_run)
        show(report.lines)
        raise typer.Exit(int(report.unsettled))


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
    poll: Annotated[bool, typer.Option("--poll", help=POLL)] = False,
    page: Annotated[bool, typer.Option("--page", help="a page beside it, as `dojo page`")] = False,
    open_: Annotated[bool, typer.Option("--open", help=OPEN)] = False,
) -> None:
    """Judge every save at once: the stub that was saved first, then the rest of its kata."""
    watch_over(what, plain, poll, page or open_, open_)


@app.command("page")
def page_(
    what: Annotated[str | None, typer.Argument(help=NAME)] = None,
    poll: Annotated[bool, typer.Option("--poll", help=POLL)] = False,
    open_: Annotated[bool, typer.Option("--open", help=OPEN)] = False,
) -> None:
    """Judge every save, and show the kata and its board on a page, for a second screen or a call.

    The terminal says a line for each event.
    """
    watch_over(what, plain=True, poll=poll, page=True, open_=open_)


def watch_over(what: str | None, plain: bool, poll: bool, page: bool, open_: bool) -> NoReturn:
    root = checkout()
    with refusing():
        stubs = watched(Catalogue(root), what)
        found = Watch(root, stubs, plain, poll or None, page_class() if page else None)
    if open_:
        show_in_browser(found)
    raise typer.Exit(found.run())


def show_in_browser(found: Watch) -> None:
    if found.page and not webbrowser.open(found.page.address):
        print("No browser was found here: open the address yourself.")


def page_class() -> type[Page]:
    """Imported only where it is wanted: a web server takes its time."""
    try:
        from dojo.watch.page.server import Page
    except ModuleNotFoundError as error:
        refuse(f"The page needs {error.name}, which `pip install -e .` installs.")
    return Page


def watched(catalogue: Catalogue, name: str | None) -> list[tuple[Kata, Stub]]:
    """The stub that is named, or those of a kata; without a name, of the kata that is next."""
    following = next_of(standings(catalogue))
    if name:
        kata, stub = find(catalogue, name)
    else:
        kata, stub = (following.kata if following else next(iter(catalogue.katas.values()))), None
    return [(kata, each) for each in kata.stubs if stub in (None, each)]


class Pairing(TyperGroup):
    """`dojo pair q09` is `dojo pair watch q09`."""

    # typer has a Context of its own or click's, from version to version.
    def parse_args(self, ctx: Any, args: list[str]) -> list[str]:
        named = args and (args[0] in self.commands or args[0] == "--help")
        return super().parse_args(ctx, args if named else ["watch", *args])


pair = typer.Typer(cls=Pairing, no_args_is_help=False, add_completion=False)
app.add_typer(pair, name="pair")


@pair.callback()
def pair_() -> None:
    """Two people at one kata: turns with a clock, and a branch of both.

    `dojo pair q09 --with "Ada" "Grace"` begins. The same on another machine joins. Without a kata,
    it goes on with what is open. All of this is short for `dojo pair watch`, whose --help has the
    options: --mode, --minutes, --page and more.
    """


ToPair = Annotated[str | None, typer.Argument(help=NAME)]
With = Annotated[
    tuple[str, str] | None,
    typer.Option("--with", metavar="NAME NAME", help="the one who drives or answers first"),
]
In = Annotated[Mode | None, typer.Option("--mode", help="driver, if nothing else is said")]
Minutes = Annotated[float | None, typer.Option(help="of a turn: 7, or 45 in an interview")]
Local = Annotated[bool, typer.Option("--local", help="do not share it by the remote")]


@pair.command("watch")
def pair_watch(
    what: ToPair = None,
    names: With = None,
    mode: In = None,
    minutes: Minutes = None,
    local: Local = False,
    plain: Annotated[bool, typer.Option("--plain", help="a line for each event")] = False,
    poll: Annotated[bool, typer.Option("--poll", help=POLL)] = False,
    page: Annotated[bool, typer.Option("--page", help="a page beside it, as `dojo page`")] = False,
    open_: Annotated[bool, typer.Option("--open", help=OPEN)] = False,
) -> None:
    """Begin, join or go on, in a watch: what `dojo pair q09` does."""
    root = checkout()
    with refusing():
        catalogue = Catalogue(root)
        opening = opened(catalogue, what, names, mode, minutes, local)
        session = opening.table.session
        if what:
            session.record("watch", name=what)
        stubs = watched(catalogue, session.watched or session.agreed().kata)
        served = page_class() if page or open_ else None
        found = PairWatch(opening, stubs, plain, poll or None, served)
        if open_:
            show_in_browser(found)
        status = found.run()
    if session.ended:
        print("`dojo pair done` has ended it, and said where the summary is.")
    else:
        print("It stays open: `dojo pair` goes on, `dojo pair done` ends it.")
    raise typer.Exit(status)


@pair.command("start")
def pair_start(
    what: ToPair = None,
    names: With = None,
    mode: In = None,
    minutes: Minutes = None,
    local: Local = False,
) -> None:
    """Begin, join or go on, without a watch; fetches what the other one has handed over."""
    with refusing():
        opening = opened(Catalogue(checkout()), what, names, mode, minutes, local)
        show(opening.lines)
        show(opening.share())


def opened(
    catalogue: Catalogue,
    what: str | None,
    names: tuple[str, str] | None,
    mode: Mode | None,
    minutes: float | None,
    local: bool,
) -> Opening:
    kata = find(catalogue, what)[0] if what else None
    return sit_down(catalogue, Wish(kata, names, mode, minutes, local))


@pair.command("next")
def pair_next() -> None:
    """Commit, share, and hand over to the other one."""
    with refusing():
        show(hand_over(open_table(Catalogue(checkout()))))


@pair.command("note")
def pair_note(text: Annotated[list[str], typer.Argument(help="in words")]) -> None:
    """Keep a note of an interview; it is in the summary, and nowhere else."""
    with refusing():
        show(note(open_table(Catalogue(checkout())), " ".join(text)))


@pair.command("done")
def pair_done(
    keep: Annotated[bool, typer.Option("--keep", help="leave the branch as it is")] = False,
) -> None:
    """End it: one commit of both on the branch you came from, and a summary."""
    with refusing():
        show(end(open_table(Catalogue(checkout())), keep))


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
