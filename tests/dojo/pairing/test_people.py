"""Names of many kinds, and what cannot be begun."""

from __future__ import annotations

import pytest

from dojo.pairing.git import Git, PairError
from dojo.pairing.people import person
from tests.dojo.pairing.machines import RIGHT, WITH, Machine

pytestmark = pytest.mark.timeout(120)


@pytest.mark.parametrize(
    ("typed", "name", "email"),
    [
        ("  Ada\n Lovelace ", "Ada Lovelace", "ada-lovelace@users.noreply.invalid"),
        ("Ada <ada@example.com>", "Ada", "ada@example.com"),
        ('Ada "the" O\'Neil', 'Ada "the" O\'Neil', "ada-the-o-neil@users.noreply.invalid"),
        ("李明", "李明", "aa2271@users.noreply.invalid"),
    ],
)
def test_names_of_many_kinds(typed: str, name: str, email: str) -> None:
    found = person(typed, None)
    assert found.name == name
    assert found.email == email


@pytest.mark.parametrize("typed", ["", "<>", "Ada <", "Ada <a@b> <c@d>", "A\x1b[31mda", "A" * 61])
def test_what_is_no_name(typed: str) -> None:
    with pytest.raises(PairError, match="is no name"):
        person(typed, None)


def test_addresses_come_from_git(ada: Machine) -> None:
    git = Git.at(ada.root)
    assert person("Ada", git).email == "ada@example.org"  # of an earlier commit
    ada.git("config", "user.name", "Grace Hopper")
    ada.git("config", "user.email", "grace@navy.example")
    assert person("grace hopper", git).email == "grace@navy.example"
    assert person("Nobody", git).email == "nobody@users.noreply.invalid"


def test_a_strange_name_goes_all_the_way(ada: Machine, grace: Machine) -> None:
    names = ("--with", 'A "$(touch x)"; `b` | --all', "-n 李")
    ada.dojo("start", "q01", *names)
    assert 'A "$(touch x)"; `b` | --all drives, -n 李 navigates' in grace.dojo("start", "q01")
    ada.write(RIGHT)
    assert "-n 李 drives" in ada.dojo("next")
    ada.dojo("done")
    assert ada.git("log", "-1", "--format=%(trailers:key=Co-authored-by,valueonly)").count("@") == 2
    assert "`b` \\| --all drives" in ada.summary
    assert not (ada.root / "x").exists()


def test_git_that_knows_nobody(ada: Machine, monkeypatch: pytest.MonkeyPatch) -> None:
    ada.git("config", "user.useConfigOnly", "true")
    ada.env = {name: value for name, value in ada.env.items() if "AUTHOR" not in name}
    ada.env = {name: value for name, value in ada.env.items() if "COMMITTER" not in name}
    ada.dojo("start", "q01", "--with", "Lin <lin@example.org>", "Grace")
    ada.write(RIGHT)
    ada.dojo("done")
    assert ada.git("log", "-1", "--format=%an %ae") == "Lin lin@example.org"


@pytest.mark.parametrize(
    ("args", "words"),
    [
        (("q01",), 'Say who you are: `dojo pair q01 --with "Ada" "Grace"`.'),
        (("q77", *WITH), "There is no kata q77."),
        (("q01", "--with", "Ada", "ada"), "two people need two names"),
        (("q01", *WITH, "--minutes", "0"), "0 minutes are no turn"),
        (("q01", *WITH, "--minutes", "nan"), "nan minutes are no turn"),
        ((), "Nothing is open here"),
    ],
)
def test_what_cannot_be_begun(args: tuple[str, ...], words: str, ada: Machine) -> None:
    assert words in ada.dojo("start", *args, status=1)
    assert ada.git("branch", "--list", "pair/*") == ""


@pytest.mark.parametrize("what", ["next", "done"])
def test_nothing_is_open(what: str, ada: Machine) -> None:
    assert "Nothing is open here" in ada.dojo(what, status=1)
