"""`examiner export`: katas as a take-home task, a fresh git repository with one commit.

It holds what a candidate needs and nothing that spoils the task: no solutions, no corpus of right
and wrong answers, no facts, no examiner. What only the examiner may know, such as the names of
hidden tests, is in a file beside the folder.
"""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import tempfile
import tomllib
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

import jinja2

from dojo.catalogue import Catalogue, Kata, Stub
from dojo.contract import tests_of
from dojo.fingerprint import fingerprint
from dojo.pack import NAME, NOTES, TASK, TASK_SCHEMA
from examiner import spoilers
from examiner.model import ExaminerError

TEMPLATES = Path(__file__).parent / "templates"
PARTS = ("dojo", "lab", "conftest.py", "LICENSE", ".gitignore")
AUTHOR = {
    f"GIT_{role}_{what}": value
    for role in ("AUTHOR", "COMMITTER")
    for what, value in (("NAME", "tf-katas"), ("EMAIL", "tf-katas@localhost"))
}
GIT_OPTIONS = ("-c", "core.hooksPath=/dev/null", "-c", "commit.gpgSign=false")


@dataclass(frozen=True)
class Order:
    """What is to be exported, as it was asked for.

    Attributes:
        katas: as `q09`.
        stubs: as `q09/counter`; of a kata with such, these only.
        hidden: as `q09/counter/test_name`: tests that the candidate does not get.
        hours: the time box; by default the sum of the stubs' minutes.
        id: a name for the task; by default that of the folder.
        hints: whether the candidate gets them.
    """

    katas: tuple[str, ...] = ()
    stubs: tuple[str, ...] = ()
    hidden: tuple[str, ...] = ()
    hours: float | None = None
    id: str = ""
    hints: bool = False


@dataclass(frozen=True)
class Part:
    """A kata of the task, and those of its stubs that are asked for.

    Attributes:
        hidden: by stub, the tests that are left out.
    """

    kata: Kata
    stubs: tuple[Stub, ...]
    hidden: dict[str, set[str]] = field(default_factory=dict)

    @property
    def names(self) -> list[str]:
        return [f"{self.kata.id}/{stub.id}" for stub in self.stubs]


def export(root: Path, folder: Path, order: Order) -> Path:
    """Write the task to `folder`, and what only the examiner may know beside it.

    Returns:
        The file beside it.

    Raises:
        ExaminerError: something asked for is unknown, or `folder` cannot be written. Nothing was.
    """
    folder = Path(os.path.abspath(folder))
    order = replace(order, id=name_of(order, folder))
    parts = parts_of(Catalogue(root), order)
    check_git()
    check_shipped(root, parts)
    check_place(root, folder)
    secret = beside(folder)
    try:
        with tempfile.TemporaryDirectory(prefix=".tf-katas-", dir=folder.parent) as place:
            new = Path(place, "task")
            new.mkdir()
            fill(root, new, parts, order)
            commit(new)
            told = {**task(parts, order), "hours": order.hours, "hidden": sorted({*order.hidden})}
            Path(place, "secret").write_text(as_json(told), encoding="utf-8")
            Path(place, "secret").rename(secret)
            try:
                move(new, folder)
            except OSError:
                secret.unlink()
                raise
    except OSError as error:
        raise ExaminerError(f"{folder} cannot be written: {error.strerror or error}.") from None
    return secret


def move(new: Path, folder: Path) -> None:
    if folder.exists():
        folder.rmdir()  # which is empty: not every system renames onto it
    new.rename(folder)


def name_of(order: Order, folder: Path) -> str:
    if order.id and not NAME.fullmatch(order.id):
        raise ExaminerError(
            f"{order.id!r} is no id: letters, digits, dots, hyphens and underscores make one."
        )
    return order.id or re.sub(r"[^A-Za-z0-9]+", "-", folder.name).strip("-")[:64] or "task"


def parts_of(catalogue: Catalogue, order: Order) -> list[Part]:
    """What is asked for, in the catalogue's order; raises ExaminerError for what is unknown."""
    if order.hours is not None and not 0 < order.hours < 1000:
        raise ExaminerError(f"{order.hours:g} hours are no time for a task.")
    wanted: dict[str, list[str]] = {name: [] for name in order.katas}
    for name in order.stubs:
        of, _, stub = name.partition("/")
        if of not in catalogue.katas or stub not in ids(catalogue.katas[of].stubs):
            raise ExaminerError(f"There is no stub {name}.{there(catalogue, of)}")
        wanted.setdefault(of, []).append(stub)
    if not wanted:
        raise ExaminerError("Name at least one kata, as q09, or a stub with --stubs q09/counter.")
    for name in wanted:
        catalogue.kata(name)
    parts = []
    for kata in catalogue.katas.values():
        if kata.id in wanted:
            stubs = [s for s in kata.stubs if s.id in wanted[kata.id] or not wanted[kata.id]]
            parts.append(Part(kata, tuple(stubs), {stub.id: set() for stub in stubs}))
    for name in order.hidden:
        hide(parts, name)
    return parts


def there(catalogue: Catalogue, kata: str) -> str:
    """The stubs that there are, if the kata is one."""
    if kata not in catalogue.katas:
        return f" The katas are {', '.join(catalogue.katas)}."
    return f" {kata} has {', '.join(ids(catalogue.katas[kata].stubs))}."


def ids(stubs: Iterable[Stub]) -> list[str]:
    return [stub.id for stub in stubs]


def hide(parts: list[Part], name: str) -> None:
    """Note that a test is hidden; raises ExaminerError if the task has no such test."""
    for part in parts:
        for stub in part.stubs:
            tests = tests_of(part.kata.test_file(stub))
            prefix, _, test = name.rpartition("/")
            if prefix == f"{part.kata.id}/{stub.id}" and test in tests:
                part.hidden[stub.id].add(test)
                if part.hidden[stub.id] == tests.keys():
                    raise ExaminerError(f"{prefix} would have no test left: hide fewer.")
                return
    raise ExaminerError(
        f"There is no test {name} in this task: they stand in katas/qNN/test_<stub>.py."
    )


def check_git() -> None:
    if not shutil.which("git"):
        raise ExaminerError("There is no git on PATH, and a task is a git repository.")


def check_shipped(root: Path, parts: list[Part]) -> None:
    """Raises ExaminerError: who has solved a kata here must not give the answer away."""
    for part in parts:
        for stub in part.stubs:
            file = part.kata.folder / f"{stub.id}.py"
            solution = root / "solutions" / part.kata.id / file.name
            if solution.is_file() and solution.read_bytes() == file.read_bytes():
                raise ExaminerError(f"{part.kata.id}/{stub.id} is solved here: restore the stub.")
    files = [f"katas/{part.kata.id}" for part in parts]
    changed = git(root, "status", "--porcelain", "--", *files)
    for line in changed.stdout.splitlines() if not changed.returncode else ():
        path = line[3:]
        if path in {f"katas/{name}.py" for part in parts for name in part.names}:
            raise ExaminerError(f"{path} has changes that are not committed, maybe your answer.")


def check_place(root: Path, folder: Path) -> None:
    """Raises ExaminerError where something is already, or nothing can be."""
    if not folder.parent.is_dir():
        raise ExaminerError(f"There is no folder {folder.parent}.")
    if folder.resolve().is_relative_to(root.resolve()):
        raise ExaminerError(f"{folder} lies in the checkout: name a folder outside.")
    if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
        raise ExaminerError(f"{folder} is not empty; name a new folder for the task.")
    if beside(folder).exists():
        raise ExaminerError(f"{beside(folder)} is there already; name another folder for the task.")


def beside(folder: Path) -> Path:
    """The file for what only the examiner may know."""
    return folder.with_name(f"{folder.name}.task.json")


def fill(root: Path, new: Path, parts: list[Part], order: Order) -> None:
    """All files of the task."""
    for name in PARTS:
        source = root / name
        if source.is_dir():
            shutil.copytree(source, new / name, ignore=shutil.ignore_patterns("__pycache__", ".*"))
        elif source.is_file():
            shutil.copyfile(source, new / name)
    for part in parts:
        fill_kata(root, new, part, order.hints)
    for part in parts:  # when all that a link may lead to is there
        page = new / "katas" / part.kata.id / "README.md"
        if page.is_file():
            text = page.read_text(encoding="utf-8")
            write(page, spoilers.without_dead_links(text, page.parent, new))
    write(new / "pyproject.toml", pyproject((root / "pyproject.toml").read_text(encoding="utf-8")))
    write(new / TASK, as_json(task(parts, order)))
    write(new / "TASK.md", page_of(parts, order))
    shutil.copyfile(TEMPLATES / NOTES, new / NOTES)


def fill_kata(root: Path, new: Path, part: Part, hints: bool) -> None:
    source, target = part.kata.folder, new / "katas" / part.kata.id
    target.mkdir(parents=True)
    write(target / "kata.toml", kata_toml(part, hints))
    for stub in part.stubs:
        shutil.copyfile(source / f"{stub.id}.py", target / f"{stub.id}.py")
        tests = read(part.kata.test_file(stub))
        write(target / f"test_{stub.id}.py", spoilers.without_tests(tests, part.hidden[stub.id]))
    if not (source / "README.md").is_file():
        return
    left_out = set(ids(part.kata.stubs)).difference(ids(part.stubs))
    given = [f"test_{stub.id}.py" for stub in part.stubs]
    text = spoilers.readme(read(source / "README.md"), left_out, given, hints)
    write(target / "README.md", text)
    for image in spoilers.images(text):
        file = (source / image).resolve()
        if file.is_file() and file.is_relative_to(root.resolve()):
            copy = new / file.relative_to(root.resolve())
            copy.parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(file, copy)


def read(file: Path) -> str:
    """The text with its ends of lines as they are."""
    return file.read_bytes().decode("utf-8")


def write(file: Path, text: str) -> None:
    file.write_bytes(text.encode("utf-8"))


def kata_toml(part: Part, hints: bool) -> str:
    kata = part.kata
    head = {"title": kata.title, "type": kata.type, "prerequisites": list(kata.prerequisites)}
    lines = list(entries(head))
    for stub in part.stubs:
        minutes = {"minutes": stub.minutes, "beyond_minutes": stub.beyond_minutes}
        lines += ["", "[[stub]]", *entries({"id": stub.id, "title": stub.title, **minutes})]
        lines += hints_of(stub, part.hidden[stub.id]) if hints else ["hints = []"]
        excepted = {
            test: why
            for test, why in stub.passes_as_shipped.items()
            if test.split("[")[0] not in part.hidden[stub.id]
        }
        if excepted:
            lines += ["", "[stub.passes_as_shipped]", *entries(excepted)]
    return "\n".join(lines) + "\n"


def hints_of(stub: Stub, hidden: Collection[str]) -> Iterator[str]:
    """The entry of a stub's hints, without those for tests that are hidden."""
    yield "hints = ["
    for hint in stub.hints:
        tests = [test for test in hint.tests if test not in hidden]
        text = json.dumps(hint.text, ensure_ascii=False)
        if tests:
            yield f"    {{ text = {text}, tests = {json.dumps(tests)} }},"
        elif not hint.tests:
            yield f"    {text},"
    yield "]"


def entries(table: dict[str, Any]) -> Iterator[str]:
    """Lines of TOML: strings, numbers and lists of these look there as they do in JSON."""
    for key, value in table.items():
        name = key if re.fullmatch(r"[\w-]+", key, re.ASCII) else json.dumps(key)
        yield f"{name} = {json.dumps(value, ensure_ascii=False)}"


def pyproject(text: str) -> str:
    """What installs a task: the checkout's packages and settings, and the `dojo` command."""
    mine = tomllib.loads(text)
    project = mine["project"]
    kept = ("version", "description", "requires-python", "license", "dependencies")
    tables = {
        "build-system": mine["build-system"],
        "project": {
            "name": "tf-katas-task",
            "readme": "TASK.md",
            **{key: project[key] for key in kept if key in project},
        },
        "project.scripts": {"dojo": project["scripts"]["dojo"]},
        "tool.hatch.build.targets.wheel": {"packages": ["dojo"]},
        "tool.pytest.ini_options": mine["tool"]["pytest"]["ini_options"],
    }
    return "\n".join(
        "\n".join([f"[{name}]", *entries(table)]) + "\n" for name, table in tables.items()
    )


def task(parts: list[Part], order: Order) -> dict[str, object]:
    """What `dojo pack` reads, and what the candidate may know."""
    shipped = {
        f"{part.kata.id}/{stub.id}": fingerprint((part.kata.folder / f"{stub.id}.py").read_bytes())
        for part in parts
        for stub in part.stubs
    }
    return {
        "schema": TASK_SCHEMA,
        "id": order.id,
        "stubs": list(shipped),
        "hints": order.hints,
        "shipped": shipped,
    }


def as_json(data: dict[str, object]) -> str:
    return json.dumps(data, indent=2) + "\n"


def page_of(parts: list[Part], order: Order) -> str:
    """TASK.md."""
    loader = jinja2.FileSystemLoader(TEMPLATES)
    pages = jinja2.Environment(
        loader=loader,
        autoescape=False,  # it is Markdown, in our own words
        keep_trailing_newline=True,
        trim_blocks=True,
        undefined=jinja2.StrictUndefined,
    )
    stubs = [(part.kata, stub) for part in parts for stub in part.stubs]
    minutes = sum(stub.whole_minutes for _, stub in stubs)
    return pages.get_template("TASK.md.j2").render(
        stubs=stubs,
        files=count(len(stubs), "Python file"),
        id=order.id,
        hints=order.hints,
        beyond=any(
            test.beyond for kata, stub in stubs for test in tests_of(kata.test_file(stub)).values()
        ),
        hours=order.hours,
        minutes=minutes,
        whole=duration(minutes),
        box=duration(round((order.hours or 0) * 60)),
    )


def duration(minutes: int) -> str:
    hours, rest = divmod(minutes, 60)
    said = [count(hours, "hour")] if hours else []
    return " and ".join([*said, count(rest, "minute")] if rest or not said else said)


def count(number: int, what: str) -> str:
    return f"{number} {what}" if number == 1 else f"{number} {what}s"


def commit(folder: Path) -> None:
    """One commit of all that is there: no hooks, no templates, no settings of the examiner's."""
    steps = (
        ("init", "--quiet", "--template=", "--initial-branch=main"),
        ("add", "--all", "--force"),
        ("commit", "--quiet", "--no-verify", "--message=The task, as it was given out"),
    )
    for step in steps:
        done = git(folder, *step)
        if done.returncode:
            last = (done.stderr.strip().splitlines() or ["it said nothing"])[-1]
            raise ExaminerError(f"git {step[0]} has failed: {last}.")


def git(folder: Path, *args: str) -> subprocess.CompletedProcess[str]:
    inherited = {name: value for name, value in os.environ.items() if not name.startswith("GIT_")}
    alone = {"GIT_CONFIG_NOSYSTEM": "1", "GIT_CONFIG_GLOBAL": os.devnull}
    return subprocess.run(
        ["git", *GIT_OPTIONS, *args],
        cwd=folder,
        env={**inherited, **alone, **AUTHOR},
        capture_output=True,
        text=True,
        check=False,
    )
