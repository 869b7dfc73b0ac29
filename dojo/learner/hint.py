"""`dojo hint`: the next hint, without a run. It counts where `pytest --hint` counts."""

from __future__ import annotations

from collections.abc import Iterator

from dojo.catalogue import Catalogue, Kata, Stub
from dojo.learner.names import LearnerError, find
from dojo.learner.standing import failing, next_of, standings
from dojo.learner.terminal import width
from dojo.pack import read_task
from dojo.report.hints import file_of, following, shown_in, told
from dojo.report.results import write_json


def hint(
    catalogue: Catalogue, name: str | None, again: bool = False, test: str | None = None
) -> Iterator[str]:
    """The lines of the next hint, or of all that were shown.

    Args:
        name: a kata or a stub; by default the stub that is next.
        test: the failing test that it is for; by default the first one of the last run.

    Raises:
        LearnerError: no hint can be shown; the text says why.
    """
    if not read_task(catalogue.root, catalogue).hints:
        raise LearnerError("There are no hints in this task.")
    kata, stub = wanted(catalogue, name)
    called, shown = f"{kata.id}/{stub.id}", shown_in(catalogue.root, kata.id, stub)
    if again:
        if not shown:
            raise LearnerError(f"No hint for {called} was shown: `dojo hint {called}` does it.")
        for place in shown:
            yield from told(stub, next(iter(stub.hints[place].tests), ""), place, width(), called)
        return
    test = failing(catalogue.root, kata, stub) if test is None else test
    place = following(stub, test, shown)
    yield from told(stub, test, place, width(), called)
    if place in shown:
        return
    try:
        write_json(file_of(catalogue.root, kata.id, stub.id), [*shown, place])
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
