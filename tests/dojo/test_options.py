"""What you ask pytest for is done in a kata's run as anywhere, cold and warm."""

from __future__ import annotations

import shlex
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.ways import HALF_DONE, RIGHT, WAYS, Way, as_it_was, both_ways

pytestmark = [
    pytest.mark.timeout(120),
    pytest.mark.skipif(sys.platform == "win32", reason="makes symbolic links"),
]


@pytest.fixture(scope="module")
def ways(tmp_path_factory: pytest.TempPathFactory) -> Iterator[dict[str, Way]]:
    with both_ways(tmp_path_factory.mktemp("ways")) as ways:
        yield ways


@pytest.fixture(params=WAYS)
def way(request: pytest.FixtureRequest, ways: dict[str, Way]) -> Iterator[Way]:
    way = ways[request.param]
    as_it_was(way)
    yield way
    if (way.stub.parent / "program").exists():
        assert way.was_warm == (request.param == "warm")


SAYS = {
    "-v": "katas/q01/test_double.py::test_doubles PASSED",
    "-rA": "PASSED katas/q01/test_double.py::test_doubles\n",
    "--tb=short": "    assert double(-3) == -6\nE   assert 6 == -6\n",
    "--tb=line": "/katas/q01/test_double.py:11: assert 6 == -6\n",
    "--tb=long": "    def test_keeps_the_sign() -> None:\n",
}


@pytest.mark.parametrize("option", SAYS)
def test_what_is_asked_for_is_done(option: str, way: Way) -> None:
    done = way.run("katas/q01", option)
    assert done.returncode == 1
    assert SAYS[option] in done.stdout
    assert "double: A negative number is doubled too.\n" in done.stdout
    assert "  double                1 of 2 passed\n" in done.stdout


def test_without_any_only_the_board_is_said(way: Way) -> None:
    said = way.run("katas/q01").stdout
    assert not [text for text in SAYS.values() if text in said]
    assert "test session starts" not in said


def test_tests_are_listed(way: Way) -> None:
    done = way.run("katas/q01", "--co", "-q", "-p", "no:randomly")
    assert done.returncode == 0
    assert done.stdout.splitlines()[:3] == [
        "katas/q01/test_double.py::test_doubles",
        "katas/q01/test_double.py::test_keeps_the_sign",
        "",
    ]
    assert "Next" not in done.stdout
    assert "<Function test_doubles>" in way.run("katas/q01", "--co").stdout


EDITOR = """\
def pytest_exception_interact(call):
    print("told", call.excinfo.exconly())
"""


def test_a_list_names_the_line_of_a_mistake(way: Way) -> None:
    """Also in what an editor shows of it, which is the text of the exception."""
    way.stub.write_text("def double(x):\n    return 2 *\n")
    (way.checkout / "editor.py").write_text(EDITOR)
    done = way.run("katas/q01", "--co", "-q", "-p", "editor")
    assert "SyntaxError: invalid syntax" in done.stdout
    assert "  yours      katas/q01/double.py:2\n" in done.stdout
    assert f"StubError: {way.stub}:2: SyntaxError: invalid syntax" in done.stdout


ONE = "katas/q01/test_double.py::test_doubles"
PARTS = {
    "a word": ["katas/q01", "-k", "not sign"],
    "a node id": [ONE],
    "deselect": ["katas/q01", "--deselect", ONE.replace("doubles", "keeps_the_sign")],
}


@pytest.mark.parametrize("name", PARTS)
def test_a_part_is_never_all(name: str, way: Way) -> None:
    way.stub.write_text(RIGHT)
    (way.checkout / "solutions/q01/README.md").write_text("# Why\n")
    done = way.run(*PARTS[name])
    assert done.returncode == 0
    assert "  double                1 of 2 passed, 1 not run\n" in done.stdout
    assert "What ran has passed, and not all has run.\n" in done.stdout
    assert "The rest of double: pytest katas/q01/test_double.py\n" in done.stdout
    assert "Compare" not in done.stdout
    assert "  1 of 2\n" in way.run("list", module="dojo").stdout
    assert "Compare with solutions/q01/README.md.\n" in way.run("katas/q01").stdout
    assert "  done\n" in way.run("list", module="dojo").stdout


def test_what_failed_last_is_a_part(way: Way) -> None:
    way.run("katas/q01")
    way.stub.write_text(RIGHT)
    done = way.run("katas/q01", "--lf")
    assert "  double                1 of 2 passed, 1 not run\n" in done.stdout


PARAMETRIZED = """\
import pytest

from katas.q01.double import double


@pytest.mark.parametrize("number", [3, -3, 5])
def test_doubles(number):
    assert double(number) == 2 * number
"""


@pytest.mark.parametrize("split", [[], ["-n", "2"]])
def test_a_part_of_the_numbers_is_never_all(split: list[str], ways: dict[str, Way]) -> None:
    """With -n, other processes know how many there are."""
    way = ways["cold"]
    as_it_was(way)
    way.stub.write_text(RIGHT)
    (way.stub.parent / "test_double.py").write_text(PARAMETRIZED)
    done = way.run("katas/q01", "-k", "-3", *split)
    assert done.returncode == 0
    assert "  double                1 of 3 passed, 2 not run\n" in done.stdout
    assert "  1 of 3\n" in way.run("list", module="dojo").stdout


def advised(said: str, label: str) -> list[str]:
    line = next(line for line in said.splitlines() if line.split()[:1] == [label])
    return shlex.split(line)[1:]


@pytest.mark.parametrize("place", ["katas/q01", ".."])
def test_the_advice_can_be_pasted_where_you_stand(place: str, way: Way) -> None:
    here = (way.checkout / place).resolve()
    said = way.run(str(way.checkout / "katas/q01"), cwd=here).stdout
    assert (here / advised(said, "in")[0]).resolve() == way.stub
    test = way.stub.with_name("test_double.py")
    assert (here / advised(said, "test")[0].partition(":")[0]).resolve() == test
    for label in ("alone", "stuck?"):
        program, *args = advised(said, label)
        assert program == "pytest"
        done = way.run(*args, cwd=here)
        assert "Next   A negative number is doubled too.\n" in done.stdout
    if here.is_relative_to(way.checkout):
        said = way.run("list", module="dojo", cwd=here).stdout
        assert (here / advised(said, "Next")[1]).resolve() == test
    way.stub.write_text(RIGHT)
    said = way.run(str(way.checkout / "katas/q01"), "-k", "not sign", cwd=here).stdout
    (rest,) = (line for line in said.splitlines() if line.startswith("The rest of double: "))
    assert way.run(*shlex.split(rest.partition("pytest ")[2]), cwd=here).returncode == 0


def test_a_checkout_has_more_than_one_name(way: Way, tmp_path: Path) -> None:
    (tmp_path / "a link").symlink_to(way.checkout)
    done = way.run(str(tmp_path / "a link/katas/q01"))
    assert done.returncode == 1
    assert "  double                1 of 2 passed\n" in done.stdout
    assert "in      katas/q01/double.py\n" in done.stdout


def test_the_harness_has_more_than_one_name(way: Way, tmp_path: Path) -> None:
    (tmp_path / "a link").symlink_to(Path(__file__).parents[2])
    assert way.run("katas/q01", PYTHONPATH=str(tmp_path / "a link")).returncode == 1
    # Whether that was warm, `way` asserts for each of these tests.


def test_a_hint_that_cannot_be_counted_says_so(way: Way) -> None:
    uncounted = "This is not counted, and comes again: pytest's cache cannot be written.\n"
    assert uncounted not in way.run("katas/q01", "--hint").stdout
    as_it_was(way)
    (way.checkout / ".pytest_cache").touch()  # as good as a folder that cannot be written
    try:
        for _ in range(2):
            said = way.run("katas/q01", "--hint").stdout
            assert "Hint 1 of 2 for double\n" in said
            assert uncounted in said
    finally:
        (way.checkout / ".pytest_cache").unlink()


def test_an_interpreter_without_tensorflow_says_so(ways: dict[str, Way], tmp_path: Path) -> None:
    (tmp_path / "sitecustomize.py").write_text("import sys\nsys.modules['tensorflow'] = None\n")
    path = f"{tmp_path}:{Path(__file__).parents[2]}"
    way = ways["cold"]
    as_it_was(way)
    for args, module in ((["katas/q01"], "pytest"), (["warm"], "dojo")):
        done = way.run(*args, module=module, TF_KATAS_LIGHT="", PYTHONPATH=path)
        assert done.returncode != 0
        assert done.stderr.removeprefix("ERROR: ").strip() == (
            f"{sys.executable} has no TensorFlow: `pip install -e .` in the checkout installs it."
        )
    assert way.stub.read_text() == HALF_DONE


def test_a_place_that_cannot_be_used_is_said(ways: dict[str, Way], tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    home = tmp_path / "home"
    for module in ("dojo", "dojo.cli"):
        for place in (tmp_path / "file", tmp_path / "file" / "below"):
            done = ways["cold"].run("warm", module=module, TF_KATAS_HOME=str(place))
            assert done.returncode == 1
            assert done.stderr.count("\n") == 1
            assert "cannot be made: " in done.stderr
    done = ways["cold"].run("warm", "status", module="dojo.cli", TF_KATAS_HOME=str(home))
    assert done.stderr == "No warm process is up for this checkout.\n"
