"""What the two do in each mode, and who comes next."""

from __future__ import annotations

from dojo.pairing.session import Mode, Session, Terms
from dojo.watch.state import Roles

NAMES = {
    Mode.driver: "driver and navigator",
    Mode.pingpong: "ping-pong",
    Mode.interview: "interview",
}


def agreed(terms: Terms) -> str:
    """The mode, and the time."""
    minutes = "1 minute" if terms.minutes == 1 else f"{terms.minutes:g} minutes"
    each = "" if terms.mode is Mode.interview else " a turn"
    return f"{NAMES[terms.mode]}, {minutes}{each}"


def next_driver(session: Session) -> str:
    """They change places; in an interview each keeps theirs."""
    return session.driver if session.agreed().mode is Mode.interview else session.navigator


def subject_of(session: Session) -> str:
    """What a hand-over is called in git's log."""
    kata, driver = session.agreed().kata, session.driver
    if session.agreed().mode is Mode.interview:
        return f"{kata}: as far as {driver} is"
    return f"{kata}: {driver} hands over to {session.navigator}"


def roles(session: Session, trouble: str = "") -> Roles:
    """With what must be done before the next hand-over, if there is something."""
    mode, driver, navigator = session.agreed().mode, session.driver, session.navigator
    return Roles(mode.value, driver, navigator, session.ends, trouble or turn(session))


def turn(session: Session) -> str:
    """Whose turn it is and for what."""
    driver, navigator = session.driver, session.navigator
    match session.agreed().mode:
        case Mode.driver:
            return f"{driver} drives, {navigator} navigates."
        case Mode.interview:
            return f"{driver} answers, {navigator} asks."
        case Mode.pingpong if session.picked:
            test = session.sentence or session.picked
            return f"{driver} makes it pass: {test}"
        case _:
            return f"{navigator} picks the next failing test with c, {driver} makes it pass."


def at_the_end(session: Session) -> str:
    """What is said when the time is over."""
    if session.agreed().mode is Mode.interview:
        return "The time is over."
    return f"The time is over: > hands over to {session.navigator}."
