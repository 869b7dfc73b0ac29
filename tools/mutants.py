"""Break the solutions mechanically and let their test files judge: `nox -s mutants`.

cosmic-ray makes the mutants, in a copy; a warm process runs the tests. A mutant that passes
every test is a survivor: it calls for a better test, or it is as right as the solution. Then
`equivalent.toml` beside the accepts and rejects says why.
"""

from __future__ import annotations

import argparse
import json
import os
import shutil
import subprocess
import sys
import tempfile
import tomllib
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from itertools import groupby
from pathlib import Path

from dojo.warm import client
from dojo.warm.address import Home
from tests.proof import Grader, graders
from tools.document import machine, put

ROOT = Path(__file__).parents[1]
LIMIT = 10  # seconds for one test of a mutant

CONFIG = """\
[cosmic-ray]
module-path = {module}
timeout = 120.0
excluded-modules = []
test-command = {command}

[cosmic-ray.distributor]
name = "local"
"""


@dataclass
class Mutants:
    """What became of the mutants of one solution; survivors as (line, mutated line)."""

    grader: Grader
    killed: int = 0
    equivalent: int = 0
    survivors: list[tuple[str, str]] = field(default_factory=list)

    @property
    def total(self) -> int:
        return self.killed + self.equivalent + len(self.survivors)


def run(grader: Grader, folder: Path) -> Mutants:
    """Make and judge all mutants of one solution, in a copy below `folder`."""
    copy = folder / str(grader) / grader.kata.id / f"{grader.stub.id}.py"
    copy.parent.mkdir(parents=True)
    shutil.copyfile(ROOT / "solutions" / grader.kata.id / copy.name, copy)
    judge = f"{sys.executable} -m dojo.warm {grader.test_file.relative_to(ROOT)} -x -q "
    judge += f"--answers={copy.parents[1]} --timeout={LIMIT} -p no:randomly -p no:cacheprovider"
    config, session = folder / f"{grader}.toml", folder / f"{grader}.sqlite"
    config.write_text(CONFIG.format(module=json.dumps(str(copy)), command=json.dumps(judge)))
    for command in (
        ("baseline", config),
        ("init", config, session),
        ("exec", config, session),
    ):
        cosmic_ray(*command)
    return tally(grader, cosmic_ray("dump", session))


def cosmic_ray(*command: str | Path) -> str:
    done = subprocess.run(
        [shutil.which("cosmic-ray") or "cosmic-ray", *map(str, command)],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    if done.returncode:
        sys.exit(f"cosmic-ray {command[0]} failed:\n{done.stdout}{done.stderr}")
    return done.stdout


def tally(grader: Grader, dump: str) -> Mutants:
    found, known = Mutants(grader), equivalents(grader)
    for line in dump.splitlines():
        _, result = json.loads(line)
        if result["test_outcome"] != "survived":
            found.killed += 1
            continue
        before, after = changed_lines(result["diff"])
        if after in known:
            found.equivalent += 1
        else:
            found.survivors.append((before, after))
    return found


def changed_lines(diff: str) -> tuple[str, str]:
    """The lines that a mutation took out and put in, each as one text without indent."""
    lines = diff.splitlines()
    gone = [x[1:].strip() for x in lines if x.startswith("-") and not x.startswith("---")]
    come = [x[1:].strip() for x in lines if x.startswith("+") and not x.startswith("+++")]
    return " ".join(gone), " ".join(come)


def equivalents(grader: Grader) -> dict[str, str]:
    """Mutated lines that are as right as the solution, with the reason."""
    file = grader.corpus / "equivalent.toml"
    if not file.is_file():
        return {}
    return {m["line"]: m["reason"] for m in tomllib.loads(file.read_text())["mutant"]}


def report(results: list[Mutants]) -> Iterator[str]:
    yield "| stub | mutants | killed | equivalent | survived | killed % |"
    yield "|---|---:|---:|---:|---:|---:|"
    for found in results:
        share = 100 * found.killed / found.total if found.total else 100
        counts = f"{found.total} | {found.killed} | {found.equivalent} | {len(found.survivors)}"
        yield f"| {found.grader.kata.id} {found.grader.stub.id} | {counts} | {share:.0f} |"
    killed, total = sum(f.killed for f in results), sum(f.total for f in results)
    yield f"| all | {total} | {killed} | | | {100 * killed / max(total, 1):.0f} |"
    yield ""
    for found in results:
        where = f"{found.grader.kata.id} {found.grader.stub.id}"
        for line, reason in equivalents(found.grader).items():
            what = f"`{line}`" if line else "a line taken out"
            yield f"- {where}: {what} is as right as the solution. {reason}"
        for before, after in found.survivors:
            yield f"- {where}: `{before}` became `{after}` and survived."
    yield ""
    yield machine()


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("only", nargs="*", help="a kata or a stub: q09, q09-counter")
    options.add_argument("--write", action="store_true", help="into docs/mutants.md")
    chosen = options.parse_args()
    wanted, every = tuple(chosen.only), graders(ROOT)
    selected = [g for g in every if not wanted or str(g).startswith(wanted)]
    if not selected:
        sys.exit(f"There is no kata or stub {' or '.join(wanted)}.")
    katas = {g.kata.id for g in selected}
    if chosen.write and selected != [g for g in every if g.kata.id in katas]:
        sys.exit("--write replaces the table of a kata: it takes whole katas, as q09.")
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        os.environ["TF_KATAS_HOME"] = str(folder / "home")
        home = Home.of(ROOT)
        server = client.start(home, tied=True)
        client.wait_until_up(home, server)
        with ThreadPoolExecutor(os.cpu_count()) as pool:
            results = list(pool.map(lambda grader: run(grader, folder), selected))
        if server.poll() is not None:
            sys.exit("The warm process ended meanwhile, so the kills are worth nothing.")
        client.stop(home)
        server.wait(60)
    for kata, found in groupby(results, lambda result: result.grader.kata.id):
        table = "\n".join(report(list(found))) + "\n"
        print(table)
        if chosen.write:
            put(ROOT / "docs" / "mutants.md", kata, table)
    sys.exit(any(found.survivors for found in results))


if __name__ == "__main__":
    main()
