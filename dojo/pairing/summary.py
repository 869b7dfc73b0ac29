"""The end of a session, in Markdown: a function of its events, and of nothing else."""

from __future__ import annotations

import time
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

from dojo.pack import unused
from dojo.pairing.events import Event
from dojo.pairing.git import PairError
from dojo.pairing.modes import agreed
from dojo.pairing.session import Mode, Terms

LONGEST = 150  # seconds that count between two events; a minute is the most while the watch runs
Test = tuple[str, str]  # stub, and test


@dataclass
class Story:
    """What the events come to.

    Attributes:
        spent: seconds by stub and test that was worked on.
        drove: seconds by driver.
        words: the last verdict on each test, and what the test proves.
        green: when a test passed that had not, and who drove.
        turns: when each began, and who drove.
    """

    terms: Terms
    began: float
    spent: dict[Test, float] = field(default_factory=dict)
    drove: dict[str, float] = field(default_factory=dict)
    words: dict[Test, str] = field(default_factory=dict)
    sentences: dict[Test, str] = field(default_factory=dict)
    green: dict[Test, tuple[float, str]] = field(default_factory=dict)
    turns: list[tuple[float, str]] = field(default_factory=list)
    hints: list[Event] = field(default_factory=list)
    spoken: list[Event] = field(default_factory=list)  # notes and questions
    last: float = 0.0
    at: Test | None = None

    def take(self, event: Event) -> None:
        self.count(event["at"])
        match event["what"]:
            case "turn" if not self.turns or self.driver != event["driver"]:
                self.turns.append((event["at"], event["driver"]))
            case "at":
                self.at = (event["stub"], event["test"])
            case "test":
                self.judged(event)
            case "hint":
                self.hints.append(event)
            case "note" | "question":
                self.spoken.append(event)

    def count(self, now: float) -> None:
        """The time since the event before: to the test at work, and to the driver."""
        gone = now - self.last
        self.last = now
        if not 0 < gone <= LONGEST:
            return
        if self.at:
            self.spent[self.at] = self.spent.get(self.at, 0) + gone
        if self.turns:
            self.drove[self.driver] = self.drove.get(self.driver, 0) + gone

    def judged(self, event: Event) -> None:
        test = (event["stub"], event["test"])
        before, now = self.words.get(test), event["word"]
        if now == "passed" and before not in (None, "passed") and test not in self.green:
            self.green[test] = (event["at"], event.get("driver") or self.driver)
        self.words[test] = now
        self.sentences[test] = event.get("sentence", "")

    @property
    def driver(self) -> str:
        return self.turns[-1][1] if self.turns else ""


def story_of(events: Iterable[Event]) -> Story:
    first, *others = events
    story = Story(Terms.of(first), first["at"], last=first["at"])
    for event in others:
        story.take(event)
    return story


def summary(events: Iterable[Event]) -> str:
    story = story_of(events)
    judged = [stubs(story), tests(story)] if story.words else []
    by_mode = notes if story.terms.mode is Mode.interview else turns
    parts = [head(story), *judged, hints(story), by_mode(story)]
    return "\n".join("\n".join(part) + "\n" for part in map(list, parts) if part)


def head(story: Story) -> Iterator[str]:
    first, second = (plain(each.name) for each in story.terms.people)
    day = time.strftime("%Y-%m-%d %H:%M", time.localtime(story.began))
    yield f"# {story.terms.kata}: {first} and {second}"
    yield ""
    yield f"{day}, {agreed(story.terms)}. At work for {span(sum(story.drove.values()))}."
    if story.terms.remote:
        yield ""
        yield "As this machine saw it: what was done on another one is in that one's summary."


def stubs(story: Story) -> Iterator[str]:
    yield from ("## Stubs", "", "| stub | tests passed | time | hints |", "|---|---|---:|---:|")
    for stub in dict.fromkeys(stub for stub, _ in story.words):
        words = [word for (of, test), word in story.words.items() if of == stub and test]
        time_ = sum(seconds for (of, _), seconds in story.spent.items() if of == stub)
        shown = sum(hint["stub"] == stub for hint in story.hints)
        passed = f"{words.count('passed')} of {len(words)}"
        yield f"| {stub} | {passed} | {span(time_)} | {shown} |"


def tests(story: Story) -> Iterator[str]:
    """Of the stubs that somebody was at."""
    begun = {stub for stub, _ in [*story.spent, *story.green]}
    if not begun:
        return
    yield from (
        "## Tests",
        "",
        "| test | green after | driver | time on it |",
        "|---|---|---|---:|",
    )
    for test, word in story.words.items():
        if not test[1] or test[0] not in begun:
            continue
        name = f"{test[0]}: {plain(story.sentences[test] or test[1])}"
        moment, driver = story.green.get(test, (0.0, "")) if word == "passed" else (0.0, "")
        early = "from the start" if word == "passed" else f"not yet ({word})"
        after = span(moment - story.began) if moment else early
        worked = span(story.spent[test]) if test in story.spent else ""
        yield f"| {name} | {after} | {plain(driver)} | {worked} |"


def board_of(events: Iterable[Event]) -> str:
    """The board in a line, as the events tell it."""
    words = story_of(events).words
    passed = {stub: [0, 0] for stub, _ in words}
    for (stub, test), word in words.items():
        passed[stub][0] += word == "passed" and bool(test)
        passed[stub][1] += bool(test)
    return ", ".join(f"{stub} {some} of {every}" for stub, (some, every) in passed.items())


def turns(story: Story) -> Iterator[str]:
    switches = len(story.turns) - 1
    yield from ("## Turns", "", f"They changed places {switches} time{'s' * (switches != 1)}.", "")
    for moment, driver in story.turns:
        yield f"- {span(moment - story.began)}: {plain(driver)} drives"
    yield ""
    for name, seconds in story.drove.items():
        yield f"- {plain(name)} drove for {span(seconds)} in all"


def hints(story: Story) -> Iterator[str]:
    yield from ("## Hints", "")
    for hint in story.hints:
        yield f"- {span(hint['at'] - story.began)}: hint {hint['number']} for {hint['stub']}"
    if not story.hints:
        yield "None."


def notes(story: Story) -> Iterator[str]:
    yield from ("## Notes", "")
    for event in story.spoken:
        what = "asked: " if event["what"] == "question" else ""
        board = f" ({plain(event['board'])})" if event.get("board") else ""
        yield f"- {span(event['at'] - story.began)}: {what}{plain(event['text'])}{board}"
    if not story.spoken:
        yield "None."


def span(seconds: float) -> str:
    """As 12:07, or 1:12:07."""
    minutes, rest = divmod(round(max(0.0, seconds)), 60)
    hours, minutes = divmod(minutes, 60)
    return f"{hours}:{minutes:02}:{rest:02}" if hours else f"{minutes}:{rest:02}"


def plain(text: str) -> str:
    """On one line, and no end of a table's cell."""
    return " ".join(text.split()).replace("|", "\\|").replace("<", "&lt;")


def write(events: Iterable[Event], log: Path) -> Path:
    """Beside the log, never over something that is there."""
    file = unused(log.with_suffix(".md"))
    try:
        with file.open("x", encoding="utf-8") as new:
            new.write(summary(events))
        file.chmod(0o600)
    except OSError as error:
        raise PairError(f"{file} cannot be written: {error.strerror}.") from None
    return file
