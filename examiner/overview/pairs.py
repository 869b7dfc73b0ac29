"""Pairs of stubs that are suspiciously alike: a signal to look at both, never a verdict."""

from __future__ import annotations

import ast
from dataclasses import dataclass
from pathlib import Path
from statistics import median

import numpy as np
from rapidfuzz.distance import LCSseq
from rapidfuzz.process import cdist

from examiner.batch.store import Store
from examiner.likeness import tokens

SOLUTION = "the published solution"
FEWEST = 30  # tokens of one's own below which many honest answers are alike
ALIKE = 0.8
MOST = 5  # pairs of a stub


@dataclass(frozen=True)
class Pair:
    """Two answers to one stub.

    Attributes:
        share: of the longer one's tokens, those that are in the other in the same order, names
            of one's own aside; from 0 to 1.
        usual: the median share of all pairs of this stub.
    """

    kata: str
    stub: str
    names: tuple[str, str]
    sources: tuple[str, str]
    share: float
    usual: float


def pairs(store: Store, root: Path) -> list[Pair]:
    """Of each stub the pairs that are most alike, among all submissions and the solution."""
    answers: dict[tuple[str, str], dict[str, str]] = {}
    rows = store.rows("SELECT submission, kata, stub, source FROM stub WHERE changed")
    for row in rows:
        answers.setdefault((row["kata"], row["stub"]), {})[row["submission"]] = row["source"]
    found = [pair for key, texts in answers.items() for pair in alike(*key, texts, root)]
    return sorted(found, key=lambda pair: pair.usual - pair.share)


def alike(kata: str, stub: str, texts: dict[str, str], root: Path) -> list[Pair]:
    shipped = (root / "katas" / kata / f"{stub}.py").read_text(encoding="utf-8")
    solution = (root / "solutions" / kata / f"{stub}.py").read_text(encoding="utf-8")
    texts = {**texts, SOLUTION: solution}
    own = {name: nameless(text, shipped) for name, text in texts.items()}
    own = {name: found for name, found in own.items() if len(found) >= FEWEST}
    names = list(own)
    shares = cdist(
        list(own.values()), list(own.values()), scorer=LCSseq.normalized_similarity, workers=-1
    )
    above = [
        (float(shares[i, j]), i, j) for i, j in zip(*np.triu_indices(len(names), 1), strict=True)
    ]
    usual = median(share for share, _, _ in above) if above else 0.0
    most = sorted((each for each in above if each[0] >= ALIKE), reverse=True)[:MOST]
    return [
        Pair(
            kata,
            stub,
            (names[i], names[j]),
            (texts[names[i]], texts[names[j]]),
            share,
            usual,
        )
        for share, i, j in most
    ]


def nameless(source: str, stub: str) -> list[str]:
    """The tokens of one's own lines; names that one chose oneself are all the same."""
    chosen = names_bound(source) - names_bound(stub)
    return ["_" if token in chosen else token for token in tokens(source, stub)]


def names_bound(source: str) -> set[str]:
    try:
        nodes = list(ast.walk(ast.parse(source)))
    except (SyntaxError, ValueError, RecursionError):
        return set()
    found = set()
    for node in nodes:
        match node:
            case ast.Name(id=name, ctx=ast.Store()) | ast.Attribute(attr=name, ctx=ast.Store()):
                found.add(name)
            case ast.arg(arg=name):
                found.add(name)
            case ast.FunctionDef(name=name) | ast.ClassDef(name=name):
                found.add(name)
    return found
