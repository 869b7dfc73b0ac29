"""One jail at work: each of its lanes takes the next job or probe, until there is none."""

from __future__ import annotations

import queue
import random
import threading
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import numpy as np

from dojo.catalogue import Catalogue, Kata, Stub
from dojo.report.failure import Failure, clean
from dojo.report.verdict import Verdict
from examiner import tree
from examiner.controls import Control, controls_for
from examiner.inside.plain import plain
from examiner.jail import Jail, JailBrokenError
from examiner.model import ProbeResult
from examiner.probes import Probe, decide

# Plugins of pytest that no kata's test notices.
SPARED = ("cacheprovider", "doctest", "junitxml", "legacypath", "pastebin", "stepwise")
WORDS = ("passed", "failed", "error", "timeout", "crashed", "not-run", "skipped")


@dataclass
class Job:
    """Some stubs of a kata, whose tests run in one process; and what came of it.

    `answers` is the folder of the tree with the candidate's files.
    """

    kata: Kata
    stubs: list[Stub]
    verdicts: list[Verdict] = field(default_factory=list)
    controls: list[Control] = field(default_factory=list)
    answers: str = tree.ANSWERS

    @property
    def minutes(self) -> int:
        return sum(stub.whole_minutes for stub in self.stubs)


def split(catalogue: Catalogue, asked: list[tuple[str, str]], lanes: int) -> list[Job]:
    """Jobs of a few stubs of a kata each, the longest first; enough of them for all lanes."""
    katas = list(dict.fromkeys(kata for kata, _ in asked))
    parts = max(1, -(-2 * lanes // len(katas)))
    jobs = []
    for name in katas:
        kata = catalogue.kata(name)
        mine = [stub for stub in kata.stubs if (name, stub.id) in asked]
        mine.sort(key=lambda stub: -stub.whole_minutes)
        jobs += [Job(kata, mine[part::parts]) for part in range(min(parts, len(mine)))]
    return sorted(jobs, key=lambda job: -job.minutes)


class Session:
    """Has jobs judged and probes answered.

    Attributes:
        answered: by kata and stub, what came of its probes.
        remarks: what went wrong with the jail as a whole.
    """

    def __init__(self, jail: Jail, root: Path, seed: int):
        self.jail, self.root, self.seed = jail, root, seed
        self.answered: dict[tuple[str, str], list[ProbeResult]] = {}
        self.remarks: set[str] = set()

    def run(self, jobs: list[Job], probes: list[Probe]) -> None:
        work: queue.SimpleQueue[Job | Probe] = queue.SimpleQueue()
        # First the probes: the controls of a job bring files into the jail that are nearly right.
        tasks: list[Job | Probe] = [*probes, *jobs]
        for task in tasks:
            work.put(task)
        lanes = [threading.Thread(target=self.serve, args=(n, work)) for n in range(self.jail.size)]
        for lane in lanes:
            lane.start()
        for lane in lanes:
            lane.join()

    def serve(self, lane: int, work: queue.SimpleQueue[Job | Probe]) -> None:
        try:
            while True:
                task = work.get_nowait()
                if isinstance(task, Job):
                    self.judge(lane, task)
                else:
                    self.probe(lane, task)
        except queue.Empty:
            return
        except JailBrokenError as error:
            self.remarks.add(f"The jail was ended: {error}. What has no verdict did not run.")

    def judge(self, lane: int, job: Job) -> None:
        """Run the tests of a job, and then its controls in the same process."""
        tests = [f"katas/{job.kata.id}/test_{stub.id}.py" for stub in job.stubs]
        options = [f"--answers={job.answers}", *(f"-pno:{plugin}" for plugin in SPARED)]
        self.jail.say(lane, {"run": [*tests, *options]})
        result = self.jail.hear(lane).get("result")
        job.verdicts = verdicts_of(result.get("verdicts") if isinstance(result, dict) else None)
        draw = random.Random(f"{self.seed} {job.kata.id} {job.stubs[0].id}")
        job.controls = controls_for(self.root, job.kata, job.stubs, draw)
        messages = [control.message(options[1:]) for control in job.controls]
        self.jail.say(lane, {"controls": messages})
        for control in job.controls:
            seen = self.jail.hear(lane).get("verdicts")
            control.verdicts = None if seen is None else verdicts_of(seen)

    def probe(self, lane: int, probe: Probe) -> None:
        question = probe.ask(np.random.default_rng([self.seed, *probe.name.encode()]))
        asked = {"kata": probe.kata, "stub": probe.stub, "name": probe.name}
        self.jail.say(lane, {"probe": {**asked, "inputs": plain(question.inputs)}})
        result = decide(probe, question, self.jail.hear(lane))
        self.answered.setdefault((probe.kata, probe.stub), []).append(result)


def verdicts_of(data: Any) -> list[Verdict]:
    """Verdicts from the jail; what is none is left out, and texts are clean and short."""
    found = []
    for each in data if isinstance(data, list) else []:
        try:
            found.append(verdict_of(each))
        except (KeyError, TypeError, ValueError, AttributeError):
            continue
    return found


def verdict_of(data: dict[str, Any]) -> Verdict:
    word = data["word"] if data["word"] in WORDS else "error"
    kata, stub, test = (clean(str(data[name])) for name in ("kata", "stub", "test"))
    told = data["failure"]
    failure = None
    if told:
        texts = {name: clean(str(text)) for name, text in told.items() if name != "unfinished"}
        failure = Failure(**texts, unfinished=told["unfinished"] is True)
    return Verdict(kata, stub, test, word=word, failure=failure)
