"""`dojo hint`: the next hint, without a run. It counts where `pytest --hint` counts."""

from __future__ import annotations

from collections.abc import Iterator

from dojo.catalogue import Catalogue, Kata, Stub
from dojo.learner.names import LearnerError, find
from dojo.learner.standing import next_of, standings
from dojo.learner.terminal import width
from dojo.pack import read_task
from dojo.report.hints import after, count_file, count_shown, told
from dojo.report.results import write_json


def hint(catalogue: Catalogue, name: str | None, again: bool) -> Iterator[str]:
    """The lines of the next hint, or of all that were shown.

    Raises:
        LearnerError: no hint can be shown; the text says why.
    """
    if not read_task(catalogue.root, catalogue).hints:
        raise LearnerError("There are no hints in this task.")
    kata, stub = wanted(catalogue, name)
    called, shown = f"{kata.id}/{stub.id}", count_shown(catalogue.root, kata.id, stub.id)
    if again:
        if not shown:
            raise LearnerError(f"No hint for {called} was shown: `dojo hint {called}` does it.")
        for number in range(1, min(shown, len(stub.hints)) + 1):
            yield from told(stub, number, width(), called)
        return
    number = after(shown, stub)
    yield from told(stub, number, width(), called)
    try:
        write_json(count_file(catalogue.root, kata.id, stub.id), number)
    except OSError as error:
        raise LearnerError(f"This is not counted, and comes again: {error.strerror}.") from None


def wanted(catalogue: Catalogue, name: str | None) -> tuple[Kata, Stub]:
    """The stub that is named, or the first open one."""
    kata, stub = find(catalogue, name) if name else (None, None)
    if kata and stub:
        return kata, stub
    known = [s for s in standings(catalogue) if kata in (None, s.kata)]
    following = next_of(known)
    if following is None:
        raise LearnerError("All is done. To read a stub's hints, name it, as q09/counter.")
    return following.kata, following.stub
