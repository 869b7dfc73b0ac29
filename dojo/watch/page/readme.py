"""A kata's README as HTML that asks for nothing from outside."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Sequence
from html import escape
from itertools import pairwise
from pathlib import Path
from typing import Any
from urllib.parse import quote, unquote

from markdown_it import MarkdownIt
from markdown_it.renderer import RendererHTML
from markdown_it.token import Token
from markdown_it.utils import OptionsDict

from dojo.questions import SPOILERS

IMAGES = (".png", ".jpg", ".jpeg", ".gif", ".svg", ".webp")
CODE = re.compile(r"`(\w+?)(?:\.py)?`")


class Readme:
    """What stands in the file, for the page.

    Args:
        file: the README.
        root: the checkout; files outside of it are not shown.
        stubs: what headings may be about.
        candidate: whether a candidate reads it.

    Attributes:
        html: all but its title.
        images: the files that it shows, by their paths in the checkout.
    """

    def __init__(self, file: Path, root: Path, stubs: Collection[str], candidate: bool):
        self.file, self.root, self.stubs = file, root.resolve(), stubs
        self.images: dict[str, Path] = {}
        tokens = list(folded(sections(parser().parse(file.read_text("utf-8"))), candidate))
        for token in tokens:
            for child in token.children or ():
                self.adapt(child)
        for opening, heading in pairwise(tokens):
            if opening.type == "heading_open":
                self.name(opening, heading.content)
        self.html = parser().renderer.render(tokens, parser().options, {})

    def adapt(self, token: Token) -> None:
        """What leads to other sites opens beside; what leads to other files is told and no link."""
        if token.type == "image":
            self.adapt_image(token)
        elif token.type == "link_open":
            if re.match(r"https?://", str(token.attrs["href"])):
                token.attrs |= {"target": "_blank", "rel": "noopener noreferrer"}
            elif not str(token.attrs["href"]).startswith("#"):
                token.attrs = {"data-file": token.attrs["href"]}

    def adapt_image(self, token: Token) -> None:
        """One of the checkout is shown; of another there is its description."""
        file = (self.file.parent / unquote(str(token.attrs["src"]))).resolve()
        if file.is_relative_to(self.root) and file.is_file() and file.suffix in IMAGES:
            path = file.relative_to(self.root).as_posix()
            self.images[path] = file
            token.attrs["src"] = f"images/{quote(path)}"
        else:
            token.type = "text"

    def name(self, opening: Token, text: str) -> None:
        """The board leads to the heading of each stub."""
        about = [stub for stub in CODE.findall(text) if stub in self.stubs]
        if about:
            opening.attrs |= {"id": f"about-{about[0]}", "tabindex": "-1"}


def parser() -> MarkdownIt:
    found = MarkdownIt("commonmark", {"html": False}).enable("table")
    found.add_render_rule("fence", fence)
    return found


def fence(
    renderer: RendererHTML, tokens: Sequence[Token], at: int, options: OptionsDict, env: Any
) -> str:
    """A diagram of Mermaid's is shown as its text, which was made to be read as well."""
    code = f'<pre tabindex="0"><code>{escape(tokens[at].content)}</code></pre>\n'
    if tokens[at].info.strip() != "mermaid":
        return code
    return f"<figure>{code}<figcaption>A diagram, as its text.</figcaption></figure>\n"


def sections(tokens: list[Token]) -> Iterator[tuple[str, list[Token]]]:
    """The README in parts, each from a heading of the second level on, with what that says."""
    title, part = "", list[Token]()
    for token, following in zip(tokens, [*tokens[1:], None], strict=True):
        if token.type == "heading_open" and token.tag == "h2" and following:
            yield title, part
            title, part = following.content, []
        part.append(token)
    yield title, part


def folded(parts: Iterator[tuple[str, list[Token]]], candidate: bool) -> Iterator[Token]:
    for title, tokens in parts:
        if title not in SPOILERS:
            yield from tokens[3:] if tokens and tokens[0].tag == "h1" else tokens
        elif not candidate:
            yield raw(f"<details><summary>{escape(title)}</summary>\n")
            yield from tokens[3:]  # without the heading: open, text, close
            yield raw("</details>\n")


def raw(html: str) -> Token:
    return Token("html_block", "", 0, content=html)
