"""Two people: their names as they were typed, and their addresses as git knows them."""

from __future__ import annotations

import hashlib
import re
import unicodedata
from dataclasses import dataclass

from dojo.pairing.git import Git, PairError

FORM = re.compile(r"([^<>]*?) ?(?:<([^\s<>@]+@[^\s<>@]+)>)?")
LONGEST = 60
COMMITS = "2000"  # that are looked through for an address
NOBODY = "users.noreply.invalid"  # a domain that can never be anybody's


@dataclass(frozen=True)
class Person:
    name: str
    email: str

    def __str__(self) -> str:
        return f"{self.name} <{self.email}>"

    @property
    def made_up(self) -> bool:
        """Whether the address reaches nobody."""
        return self.email.endswith(f"@{NOBODY}")

    @property
    def slug(self) -> str:
        """The name in letters that a branch may have."""
        ascii_ = unicodedata.normalize("NFKD", self.name).encode("ascii", "ignore").decode()
        plain = re.sub(r"[^a-z0-9]+", "-", ascii_.lower()).strip("-")[:20].strip("-")
        return plain or hashlib.sha256(self.name.encode()).hexdigest()[:6]


def pair_of(names: tuple[str, str], git: Git | None) -> tuple[Person, Person]:
    """Raises PairError where a name is none, or both are the same."""
    first, second = (person(name, git) for name in names)
    if first.name.casefold() == second.name.casefold():
        raise PairError(f"Both are called {first.name}: two people need two names.")
    return first, second


def person(text: str, git: Git | None) -> Person:
    """`Ada`, or `Ada <ada@example.org>`; white space of any kind counts as one space."""
    match = FORM.fullmatch(" ".join(text.split()))
    name = match[1] if match else ""
    if not match or not name or len(name) > LONGEST or not name.isprintable():
        raise PairError(
            f"{text!r} is no name: write one line, as Ada or 'Ada <ada@example.org>', "
            f"of at most {LONGEST} letters."
        )
    found = Person(name, match[2] or "")
    return found if match[2] else Person(name, (git and known(name, git)) or address(found))


def known(name: str, git: Git) -> str:
    """The address in git's configuration, if it is this name's; else that of an earlier commit."""
    status, own, _ = git.run("config", "user.name")
    if not status and own.decode(errors="replace").strip().casefold() == name.casefold():
        return usable(git.run("config", "user.email")[1].decode(errors="replace"))
    _, log, _ = git.run("log", "--all", "-n", COMMITS, "--format=%aN%x09%aE")
    for line in log.decode(errors="replace").splitlines():
        author, _, email = line.partition("\t")
        if author.casefold() == name.casefold() and usable(email):
            return usable(email)
    return ""


def reached(people: tuple[Person, Person], git: Git) -> tuple[Person, Person]:
    """With addresses that this git knows, where another machine had to make one up."""
    first, second = (
        Person(each.name, known(each.name, git) or each.email) if each.made_up else each
        for each in people
    )
    return first, second


def usable(email: str) -> str:
    return email.strip() if FORM.fullmatch(f"x <{email.strip()}>") else ""


def address(of: Person) -> str:
    """One that reaches nobody."""
    return f"{of.slug}@{NOBODY}"
