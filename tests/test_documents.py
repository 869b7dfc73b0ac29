"""What the documents point at is there."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from tests.toy import ROOT

PAGES = sorted(p for p in ROOT.glob("**/*.md") if not any(x.startswith(".") for x in p.parts))


@pytest.mark.parametrize("page", PAGES, ids=lambda p: str(p.relative_to(ROOT)))
def test_relative_links_lead_somewhere(page: Path) -> None:
    links = re.findall(r"\]\(([^)#\s]+)", page.read_text(encoding="utf-8"))
    broken = [link for link in links if ":" not in link and not (page.parent / link).exists()]
    assert not broken


def test_every_erratum_has_its_proof() -> None:
    rows = re.findall(r"^\| .* \|$", (ROOT / "docs/errata.md").read_text("utf-8"), re.MULTILINE)
    rows = [row for row in rows if not row.startswith("| claim")]
    assert rows
    for row in rows:
        proofs = re.findall(r"`(test_\w+\.py)::(test_\w+)`", row)
        assert proofs, row
        for file, name in proofs:
            assert f"def {name}(" in (ROOT / "tests/facts" / file).read_text("utf-8"), row


def test_every_kata_is_in_the_readme() -> None:
    readme = (ROOT / "README.md").read_text("utf-8")
    for kata in ROOT.glob("katas/q*/kata.toml"):
        assert f"(katas/{kata.parent.name}/README.md)" in readme
