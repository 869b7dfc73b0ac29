"""What a learner calls a kata or a stub on the command line."""

from __future__ import annotations

import re

from dojo.catalogue import Catalogue, Kata, Stub


class LearnerError(Exception):
    """What cannot be done; one sentence says why."""


def find(catalogue: Catalogue, name: str) -> tuple[Kata, Stub | None]:
    """The kata `q09`, or the stub `q09/counter`; the path that a shell completes is fine as well.

    Raises:
        CatalogueError: there is no such kata.
        LearnerError: there is no such stub.
    """
    short = re.sub(r"^(\./)?katas/", "", name.strip().replace("\\", "/"))
    kata_id, _, rest = short.partition("/")
    stub_id = rest.rstrip("/").removesuffix(".py").removeprefix("test_")
    kata = catalogue.kata(kata_id)
    if not stub_id:
        return kata, None
    for stub in kata.stubs:
        if stub.id == stub_id:
            return kata, stub
    there = ", ".join(stub.id for stub in kata.stubs)
    raise LearnerError(f"There is no stub {stub_id} in {kata_id}. There are: {there}.")
