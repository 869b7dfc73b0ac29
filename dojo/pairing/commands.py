"""What is asked for from another terminal: hand over, keep a note, end."""

from __future__ import annotations

from collections.abc import Iterator

from dojo.catalogue import Catalogue
from dojo.pairing.finish import finish
from dojo.pairing.git import PairError
from dojo.pairing.modes import next_driver, subject_of, turn
from dojo.pairing.session import Mode, open_sessions
from dojo.pairing.start import still_open
from dojo.pairing.summary import board_of, write
from dojo.pairing.table import Table


def open_table(catalogue: Catalogue) -> Table:
    """That of the session that something was written to last."""
    session = next(open_sessions(catalogue.root), None)
    if session is None:
        raise PairError('Nothing is open here: `dojo pair q09 --with "Ada" "Grace"` begins.')
    return Table.of(catalogue, session)


def hand_over(table: Table) -> Iterator[str]:
    """It is the other one's turn as soon as git has the work."""
    session = table.session
    driver = next_driver(session)
    outcome = table.share(subject_of(session), driver=driver)
    yield from table.heed(outcome, driver)
    if not table.over(outcome):
        yield turn(session)


def note(table: Table, text: str) -> Iterator[str]:
    if table.session.agreed().mode is not Mode.interview:
        raise PairError("Notes are kept in an interview: `dojo pair q09 --mode interview`.")
    words = " ".join(text.split())
    if not words:
        raise PairError("There is no text in this note.")
    table.session.record("note", text=words, board=board_of(table.session.events))
    yield "Noted."


def end(table: Table, keep: bool) -> Iterator[str]:
    """First what git has to do: it may refuse, and then all stays open."""
    yield from finish(table, keep)
    session = table.session
    session.record("end")
    yield f"The summary is in {write(session.events, session.log.file)}."
    yield from still_open(table.root)
