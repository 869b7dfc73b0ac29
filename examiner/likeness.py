"""How much of an answer's code is also in a published one: a signal to look, never a verdict."""

from __future__ import annotations

import ast
from collections import Counter
from pathlib import Path

from pygments.lexers import PythonLexer
from pygments.token import Comment, String, Text, Whitespace
from rapidfuzz.distance import LCSseq

from dojo.report.known import corpus
from examiner.model import Likeness

FEWEST = 12  # tokens of one's own below which a share says nothing


def likenesses(source: str, stub: str, root: Path, kata: str, name: str) -> list[Likeness]:
    """The published solution and the accept that `source` is most like.

    Args:
        source: the candidate's text.
        stub: the text of the stub as it was exported: what both have of it does not count.
    """
    own = tokens(source, stub)
    if len(own) < FEWEST:
        return []
    solution = root / "solutions" / kata / f"{name}.py"
    accepts = sorted((corpus(root, kata, name) / "accepts").glob("*.py"))
    found = [likeness("the published solution", solution, own, stub)]
    others = [likeness(file.stem.replace("_", " "), file, own, stub) for file in accepts]
    return found + sorted(others, key=lambda each: -each.share)[:1]


def likeness(name: str, file: Path, own: list[str], stub: str) -> Likeness:
    text = file.read_text(encoding="utf-8")
    share = LCSseq.similarity(own, tokens(text, stub)) / len(own)
    return Likeness(name, round(share, 2), text)


def tokens(source: str, stub: str) -> list[str]:
    """The tokens of the lines that the stub has not; docstrings, comments and layout left out."""
    theirs = Counter(code(stub).splitlines())
    lines = []
    for line in code(source).splitlines():
        if theirs[line]:
            theirs[line] -= 1
        else:
            lines.append(line)
    kinds = PythonLexer().get_tokens("\n".join(lines))
    left_out = (Comment, Text, Whitespace, String.Doc)
    return [text for kind, text in kinds if not any(kind in each for each in left_out)]


def code(source: str) -> str:
    """`source` in one layout, without comments; as it stands if it cannot be parsed."""
    try:
        module = ast.parse(source)
    except (SyntaxError, ValueError):
        return source
    for node in ast.walk(module):
        if isinstance(node, ast.FunctionDef | ast.ClassDef | ast.Module) and ast.get_docstring(
            node
        ):
            node.body = node.body[1:] or [ast.Pass()]
    return ast.unparse(ast.fix_missing_locations(module))
