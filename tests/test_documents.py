"""What the documents point at is there."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path

import pytest

from dojo.catalogue import Catalogue
from tests.toy import ROOT

PAGES = sorted(p for p in ROOT.glob("**/*.md") if not any(x.startswith(".") for x in p.parts))


@pytest.mark.parametrize("page", PAGES, ids=lambda p: str(p.relative_to(ROOT)))
def test_relative_links_lead_somewhere(page: Path) -> None:
    links = re.findall(r"\]\(([^)#\s]+)", page.read_text(encoding="utf-8"))
    broken = [link for link in links if ":" not in link and not (page.parent / link).exists()]
    assert not broken


def test_the_files_that_the_architecture_names_are_there() -> None:
    text = (ROOT / "docs/architecture.md").read_text("utf-8")
    named = re.findall(r"`((?:dojo|lab|tests|tools|\.ci|\.github)/[\w./]*)`", text)
    assert named
    assert not [name for name in named if not (ROOT / name).exists()]


def test_every_erratum_has_its_proof() -> None:
    rows = re.findall(r"^\| .* \|$", (ROOT / "docs/errata.md").read_text("utf-8"), re.MULTILINE)
    rows = [row for row in rows if not row.startswith("| claim")]
    assert rows
    for row in rows:
        proofs = re.findall(r"`(test_\w+\.py)::(test_\w+)`", row)
        assert proofs, row
        for file, name in proofs:
            assert f"def {name}(" in (ROOT / "tests/facts" / file).read_text("utf-8"), row


def test_the_table_of_katas_agrees_with_the_catalogue() -> None:
    row = re.compile(
        r"^\| \[(q\d\d)\]\(katas/\1/README\.md\) \|.*\| (.+) \| (.+) \|$", re.MULTILINE
    )
    rows = row.findall((ROOT / "README.md").read_text("utf-8"))
    assert rows == [
        (kata.id, kata.minutes, ", ".join(kata.prerequisites) or "none")
        for kata in Catalogue(ROOT).katas.values()
    ]


def test_ci_proves_every_kata() -> None:
    matrix = re.search(r"kata: \[(.*)\]", (ROOT / ".github/workflows/ci.yml").read_text("utf-8"))
    assert matrix
    assert matrix[1].split(", ") == list(Catalogue(ROOT).katas)


def test_bare_pytest_means_the_katas() -> None:
    with (ROOT / "pyproject.toml").open("rb") as file:
        assert tomllib.load(file)["tool"]["pytest"]["ini_options"]["testpaths"] == ["katas"]


# Words of Mermaid's language: as the name of a node they are a syntax error.
RESERVED = re.compile(r"\b(?:graph|class|call|click|default|href|style)\b")
DIAGRAM = re.compile(r"```mermaid\nflowchart.*?\n(.*?)```", re.DOTALL)
SAID = re.compile(r'"[^"]*"|\[[^\]]*\]|\{[^}]*\}|-- [\w. ]+ -->')


@pytest.mark.parametrize("page", PAGES, ids=lambda p: str(p.relative_to(ROOT)))
def test_no_node_of_a_diagram_has_a_reserved_name(page: Path) -> None:
    for diagram in DIAGRAM.findall(page.read_text(encoding="utf-8")):
        assert RESERVED.findall(SAID.sub("", diagram)) == []
