"""`dojo list`: all katas and stubs in short, and what is next."""

from __future__ import annotations

import textwrap
from collections.abc import Iterator
from itertools import groupby

from dojo.catalogue import Catalogue, Kata
from dojo.learner.standing import Standing, next_of, standings
from dojo.learner.terminal import paint, width

SHORT_OF_ROOM = 60  # columns; below, what is known of a stub goes under its name


def listing(
    catalogue: Catalogue, only: Kata | None = None, first: Kata | None = None
) -> Iterator[str]:
    """The lines, for all katas or for one; `first` comes before the others."""
    known = standings(catalogue)
    in_order = sorted(known, key=lambda standing: standing.kata is not first)
    for kata, group in groupby(in_order, key=lambda standing: standing.kata):
        if only in (None, kata):
            yield from head(kata, [p for p in kata.prerequisites if p in catalogue.katas])
            yield from (line for standing in group for line in stub(standing))
            yield ""
    done = sum(standing.done for standing in known)
    yield f"{done} of {len(known)} stubs done."
    following = next_of(s for s in in_order if only in (None, s.kata))
    yield from wrapped(next_step(following, only), 7)


def head(kata: Kata, prerequisites: list[str]) -> Iterator[str]:
    after = f", after {', '.join(prerequisites)}" if prerequisites else ""
    text = f"{kata.id}  {kata.title} ({kata.minutes} min{after})"
    yield from (paint(line, bold=True) for line in wrapped(text, 5))


def stub(standing: Standing) -> Iterator[str]:
    minutes = f"{standing.stub.minutes:3} min"
    colour = "green" if standing.done else "yellow" if standing.idea else None
    words = paint(standing.words, colour)
    if width() < SHORT_OF_ROOM:
        yield f"  {standing.stub.id}"
        yield f"  {minutes}  {words}"
    else:
        yield f"  {standing.stub.id:<22}{minutes}   {words}"


def next_step(standing: Standing | None, only: Kata | None) -> str:
    if standing is None:
        return f"Next   {'another kata: dojo list' if only else 'nothing: all is done'}"
    return f"Next   {standing.command}"


def wrapped(text: str, indent: int) -> list[str]:
    """What is to be copied, such as a path, stays in one piece."""
    lines = textwrap.TextWrapper(width(), subsequent_indent=" " * indent)
    lines.break_long_words = lines.break_on_hyphens = False
    return lines.wrap(text)
