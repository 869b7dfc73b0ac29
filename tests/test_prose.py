"""The katas' texts keep the rules of docs/writing-a-kata.md, as far as a program can tell."""

from __future__ import annotations

import ast
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from dojo import contract
from dojo.catalogue import Catalogue, Kata, Stub
from tests import promises, prose
from tests.conftest import ROOT

KATAS = list(Catalogue(ROOT).katas.values())
STUBS = [(kata, stub) for kata in KATAS for stub in kata.stubs]
PAGES = (ROOT / "README.md", ROOT / "CONTRIBUTING.md", *sorted((ROOT / "docs").glob("*.md")))
SPELLED = ("*.md", "katas", "solutions", "docs", "dojo", "lab", "examiner", "tests", "tools")

a_kata = pytest.mark.parametrize("kata", KATAS, ids=lambda kata: kata.id)
a_stub = pytest.mark.parametrize(
    ("kata", "stub"), STUBS, ids=[f"{kata.id}-{stub.id}" for kata, stub in STUBS]
)


@a_kata
def test_the_readme_has_the_one_form(kata: Kata) -> None:
    page = kata.folder / "README.md"
    assert prose.headings(page) == list(prose.HEADINGS)
    tasks = [f"{number}. `{stub.id}`: " for number, stub in enumerate(kata.stubs, start=1)]
    found = prose.headings(page, "h3")
    assert len(found) == len(tasks)
    assert all(title.startswith(task) for title, task in zip(found, tasks, strict=True)), found
    assert "**You will learn" in page.read_text("utf-8")


@a_kata
def test_the_readme_is_short(kata: Kata) -> None:
    assert prose.words_before(kata.folder / "README.md", "Documentation") <= prose.LONGEST_README


@a_kata
def test_the_readme_does_not_copy_the_tests(kata: Kata) -> None:
    text = " ".join((kata.folder / "README.md").read_text("utf-8").split())
    tests = [contract.tests_of(kata.test_file(stub)).values() for stub in kata.stubs]
    told = [test.sentence for of_a_stub in tests for test in of_a_stub]
    assert not [sentence for sentence in told if len(sentence.split()) > 3 and sentence in text]


@a_stub
def test_the_contract_is_short_and_has_an_example(kata: Kata, stub: Stub) -> None:
    docs = list(promises.docstrings(kata.folder / f"{stub.id}.py"))
    said = [block for doc in docs for block in promises.prose(doc)]
    assert sum(map(prose.words, said)) <= prose.LONGEST_CONTRACT
    assert stub.id == "quick_check" or any(">>> " in doc for doc in docs)


@a_stub
def test_the_solution_does_not_repeat_the_contract(kata: Kata, stub: Stub) -> None:
    given = promises.docstrings(kata.folder / f"{stub.id}.py")
    own = promises.docstrings(ROOT / f"solutions/{kata.id}/{stub.id}.py")
    assert not [doc for doc in set(given) & set(own) if "\n\n" in doc]


@a_kata
def test_its_sentences_are_short(kata: Kata) -> None:
    assert not [long for text in texts(kata) for long in prose.too_long(text)]


def texts(kata: Kata) -> Iterator[str]:
    """What a learner reads: the README, contracts, tests' docstrings, ideas and hints."""
    yield from prose.paragraphs(kata.folder / "README.md")
    for stub in kata.stubs:
        for doc in promises.docstrings(kata.folder / f"{stub.id}.py"):
            yield from (block for section, block in promises.blocks(doc) if ">>>" not in block)
        yield from strings(kata.test_file(stub))
        yield from (hint.text for hint in stub.hints)


def strings(test_file: Path) -> Iterator[str]:
    """The docstrings of a test file, and its ideas."""
    for doc in promises.docstrings(test_file):
        yield from doc.split("\n\n")
    for node in ast.walk(ast.parse(test_file.read_text("utf-8"))):
        if isinstance(node, ast.keyword) and node.arg == "idea":
            value = getattr(node.value, "value", None)  # of a literal
            yield value if isinstance(value, str) else ""


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_the_sentences_of_a_page_are_short(page: Path) -> None:
    assert not [long for text in prose.paragraphs(page) for long in prose.too_long(text)]


def test_words_are_spelled_as_in_a_dictionary() -> None:
    command = [sys.executable, "-m", "codespell_lib", "--toml", "pyproject.toml"]
    files = [str(path) for name in SPELLED for path in sorted(ROOT.glob(name))]
    run = subprocess.run([*command, *files], cwd=ROOT, capture_output=True, text=True, check=False)
    assert run.returncode == 0, run.stdout + run.stderr
