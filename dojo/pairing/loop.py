"""The watch of two people: a turn with a clock, the hand-over, and what each mode adds."""

from __future__ import annotations

import threading
import time
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

from dojo.catalogue import Kata, Stub
from dojo.pairing.exchange import Outcome
from dojo.pairing.git import ConflictError, PairError
from dojo.pairing.modes import at_the_end, next_driver, roles, subject_of
from dojo.pairing.session import Mode
from dojo.pairing.start import Opening
from dojo.questions import follow_ups, without_spoilers
from dojo.report.hints import shown_in
from dojo.runner.messages import Result
from dojo.watch.loop import END, Watch
from dojo.watch.screen import KEYS, Screen

if TYPE_CHECKING:
    from dojo.watch.page.server import Page

MINUTE = 60
WAIT = 30  # seconds for a hand-over that is under way at the end
MORE = {
    Mode.driver: "> hand over   ",
    Mode.pingpong: "> hand over   c choose this test   ",
    Mode.interview: "> commit   w write a note   ? ask a question   ",
}
FETCH = "< fetch   "


class PairWatch(Watch):
    """Args: how the session begins or goes on, and what any watch takes."""

    def __init__(
        self,
        opening: Opening,
        stubs: list[tuple[Kata, Stub]],
        plain: bool,
        poll: bool | None = None,
        page: type[Page] | None = None,
    ):
        super().__init__(opening.table.root, stubs, plain, poll, page)
        self.opening, self.table = opening, opening.table
        self.session = self.table.session
        self.said = opening.lines  # when git has answered
        self.mode = self.session.agreed().mode
        self.words: dict[tuple[str, str], str] = {}  # that were recorded, by stub and test
        self.worked_on: tuple[str, str] | None = None
        self.conflict = ""  # that stands in the files, in a sentence
        self.rung = False  # for this turn
        self.beat = 0.0  # when the watch last said that it is there
        self.sharing: threading.Thread | None = None
        self.typist = ""  # who typed what was fetched last, until something is typed here
        self.asked_for = sum(event["what"] == "question" for event in self.session.events)
        self.over = threading.Event()
        self.keys |= {">": self.hand_over, "<": self.fetch}
        if self.mode is Mode.pingpong:
            self.keys["c"] = self.choose
        if self.mode is Mode.interview:
            self.keys |= {"w": self.note, "?": self.question, "s": self.no_solution}
        if isinstance(self.screen, Screen):
            usual = KEYS.replace("s solution   ", "") if self.mode is Mode.interview else KEYS
            self.screen.keys = MORE[self.mode] + (FETCH if self.table.remote else "") + usual

    def run(self) -> int:
        """Until q or Ctrl-C, and the session stays open; or until it is ended elsewhere."""
        threading.Thread(target=self.tick_tock, daemon=True).start()
        self.state.roles = roles(self.session)
        self.share(self.opening.subject, self.opening.always)
        try:
            return super().run()
        finally:
            self.over.set()
            if self.sharing:
                self.sharing.join(WAIT)

    def tick_tock(self) -> None:
        while not self.over.wait(1):
            self.terminal.put(("tick",))

    def handle(self, event: Any) -> None:
        match event:
            case ("tick",):
                self.tick()
            case ("shared", driver, outcome):
                self.shared(driver, outcome)
            case _:
                super().handle(event)

    def tick(self) -> None:
        """Another terminal may have handed over, and the time may be up."""
        self.session.refresh()
        if self.session.ended:
            self.screen.say(self.state, "The session was ended elsewhere, with its summary.")
            self.terminal.put(END[0])
            return
        self.turned()
        if time.time() >= self.session.ends and not self.rung:
            self.rung = True
            self.screen.ring()
            self.tell(at_the_end(self.session))
        if time.time() - self.beat >= MINUTE:
            self.beat = time.time()
            self.session.record("beat")
        self.screen.tick(self.state)

    def turned(self) -> None:
        """Show the turn, if it is another one."""
        before, self.state.roles = self.state.roles, roles(self.session, self.conflict)
        if before != self.state.roles:
            self.rung = time.time() >= self.session.ends
            self.tell(self.state.roles.turn)

    def tell(self, text: str) -> None:
        """What somebody else has done; a text that is being read stays."""
        if self.screen.reading:
            self.state.message = text
        else:
            self.screen.say(self.state, text)

    def hand_over(self) -> None:
        """It is the other one's turn as soon as git has the work."""
        self.share(subject_of(self.session), driver=next_driver(self.session))

    def fetch(self) -> None:
        self.share(f"{self.session.agreed().kata}: fetched")

    def share(self, subject: str, always: bool = False, driver: str = "") -> None:
        """In a thread: a remote may take its time."""
        if self.sharing and self.sharing.is_alive():
            self.screen.say(self.state, "The last hand-over is still under way.")
            return

        def work() -> None:
            try:
                outcome: Outcome | PairError = self.table.share(subject, always, driver)
            except PairError as error:
                outcome = error
            self.terminal.put(("shared", driver, outcome))

        self.sharing = threading.Thread(target=work, daemon=True)
        self.sharing.start()

    def shared(self, driver: str, outcome: Outcome | PairError) -> None:
        said, self.said = self.said, []
        self.conflict = str(outcome) if isinstance(outcome, ConflictError) else ""
        if isinstance(outcome, PairError):
            self.state.roles = roles(self.session, self.conflict)
            self.tell(" ".join([*said, str(outcome)]))
            return
        before = self.session.driver
        sentences = self.table.heed(outcome, driver)
        if not driver and self.session.driver != before:
            self.typist = before
        self.turned()
        self.tell(" ".join([*said, *sentences, *self.place(outcome)]))

    def place(self, outcome: Outcome) -> Iterator[str]:
        """Where the branch is, in a sentence."""
        if outcome.tip:
            shared = self.table.remote and outcome.heard and not outcome.sentences
            done = "Committed and shared" if shared else "Committed"
            what = done if outcome.news else "Nothing new"
            yield f"{what}: {self.session.agreed().branch} is at {outcome.tip[:8]}."

    def changed(self, files: set[Path]) -> None:
        if self.typist and self.has_typed():
            self.typist = ""
        super().changed(files)

    def has_typed(self) -> bool:
        """Whether the files are not as they were committed last."""
        branch = self.table.branch
        if not branch or not (tip := branch.tip):
            return True
        known = branch.blobs_in(tip)
        return branch.blobs_now(known) != known

    def hear(self, outcome: Any) -> None:
        if isinstance(outcome, Result):
            self.settle()
        super().hear(outcome)
        if isinstance(outcome, Result):
            self.record_results()

    def settle(self) -> None:
        """A conflict is told until no file has its marks any more."""
        if self.conflict and self.table.branch and not self.table.branch.marked():
            self.conflict = ""
            self.state.roles = roles(self.session)

    def record_results(self) -> None:
        """What has changed on the board, and what is worked on now."""
        shown = self.state.shown()
        now = (shown[0].stub.id, shown[1].test) if shown else None
        for (_, stub), verdicts in self.state.verdicts.items():
            for test, verdict in verdicts.items():
                if self.words.get((stub, test)) != verdict.word:
                    self.words[stub, test] = verdict.word
                    told = {"word": verdict.word, "sentence": verdict.sentence}
                    told |= {"driver": self.typist} if self.typist else {}
                    self.session.record("test", stub=stub, test=test, **told)
        if now and now != self.worked_on:
            self.worked_on = now
            self.session.record("at", stub=now[0], test=now[1])
        stub, _, test = self.session.picked.partition("::")
        if test and self.words.get((stub.partition("/")[2], test)) == "passed":
            self.hand_over()

    def choose(self) -> None:
        """The navigator picks the failing test that is shown."""
        shown = self.state.shown()
        if not shown or not shown[1].test:
            self.screen.say(self.state, "There is no failing test to choose.")
            return
        judged, verdict = shown
        test = f"{judged.kata}/{judged.stub.id}::{verdict.test}"
        self.session.record("pick", test=test, sentence=verdict.sentence)
        self.turned()
        subject = f"{judged.kata}: {self.session.navigator} picks {verdict.test}"
        self.share(subject, always=True)

    def hint(self) -> None:
        kata, stub = self.stub()
        super().hint()
        if shown := shown_in(self.root, kata.id, stub):
            self.session.record("hint", stub=stub.id, number=len(shown))

    def note(self) -> None:
        """The interviewer's, with the time and the board at which it was begun."""
        board = self.board()
        if text := self.terminal.ask("Note: "):
            self.session.record("note", text=text, board=board)
            self.screen.say(self.state, "Noted.")
            self.state.message = ""  # which the candidate's page would show
        else:
            self.screen.draw(self.state)

    def board(self) -> str:
        return ", ".join(f"{each.stub.id} {each.count}" for each in self.state.judged())

    def question(self) -> None:
        """The next one, on the interviewer's screen alone."""
        kata = self.session.agreed().kata
        questions = follow_ups(self.root, kata)
        if not questions:
            self.screen.show(f"{kata} has no follow-up questions here.")
            return
        number = self.asked_for % len(questions)
        self.asked_for += 1
        self.session.record("question", text=questions[number], board=self.board())
        self.screen.show(f"Question {number + 1} of {len(questions)}\n\n{questions[number]}")

    def no_solution(self) -> None:
        self.screen.say(self.state, "No solution is shown in an interview.")

    def readme(self) -> None:
        if self.mode is not Mode.interview:
            super().readme()
            return
        text = (self.stub()[0].folder / "README.md").read_text(encoding="utf-8")
        self.screen.read(without_spoilers(text))
