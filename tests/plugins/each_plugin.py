"""Other people's plugins beside ours, each alone, cold and warm: `nox -s plugins` runs this.

The name is none that pytest looks for: an environment for `pytest tests` has not all of them.
"""

from __future__ import annotations

import json
from collections.abc import Iterator

import pytest

from tests.ways import RIGHT, WAYS, Way, as_it_was, both_ways

pytestmark = pytest.mark.timeout(120)

TEST = "katas/q01/test_double.py"
HALF = "  double                1 of 2 passed\n"


@pytest.fixture(scope="module")
def ways(tmp_path_factory: pytest.TempPathFactory) -> Iterator[dict[str, Way]]:
    with both_ways(tmp_path_factory.mktemp("ways")) as ways:
        yield ways


@pytest.fixture(params=WAYS)
def way(request: pytest.FixtureRequest, ways: dict[str, Way]) -> Way:
    way = ways[request.param]
    as_it_was(way)
    return way


def run(way: Way, plugin: str, *options: str, here: bool = False) -> str:
    """What a run says on a half-done stub: done by a warm process, unless it stays here."""
    done = way.run(
        *("katas/q01", "-p", "timeout", "-p", plugin, *options),
        PYTEST_DISABLE_PLUGIN_AUTOLOAD="1",
    )
    assert done.stderr == ""
    assert done.returncode == 1, done.stdout
    assert "INTERNALERROR" not in done.stdout
    assert way.was_warm == (way.base.name == "base" and not here)
    return done.stdout


def test_sugar(way: Way) -> None:
    said = run(way, "sugar", "--force-sugar")
    assert "100% " in said
    assert "█" in said
    assert HALF in said


def test_instafail(way: Way) -> None:
    """What failed is said at once, in our words, and not once more."""
    said = run(way, "instafail", "--instafail")
    assert said.count("  seen       AssertionError: assert 6 == -6") == 1
    assert said.index("_ test_keeps_the_sign _") < said.index("  seen ") < said.index(HALF)


def test_pretty(way: Way) -> None:
    """Its table has the line and the error."""
    said = run(way, "pretty")
    assert HALF in said
    _, _, table = said.partition("Summary of Failures")
    (row,) = (line for line in table.splitlines() if "test_keeps" in line)
    assert [cell.strip() for cell in row.split("│")][3:5] == ["9", "11"]
    assert "AssertionError" in row


def test_testmon(way: Way) -> None:
    """What has passed is not run again, until the stub is another."""
    for file in way.checkout.glob(".testmondata*"):
        file.unlink()
    assert "1 failed, 1 passed" in run(way, "pytest-testmon", "--testmon")
    said = run(way, "pytest-testmon", "--testmon")
    assert "1 failed, 1 deselected" in said
    assert "  double                0 of 2 passed, 1 not run\n" in said
    way.stub.write_text(RIGHT.replace("2 * x", "-2 * x"))
    assert "2 failed" in run(way, "pytest-testmon", "--testmon")


def test_rerunfailures(way: Way) -> None:
    """Also of a test that passes in the end."""
    way.stub.write_text(
        RIGHT.replace("def", "calls = []\n\ndef").replace(
            "    return 2 * x", "    calls.append(x)\n    return 2 * x if len(calls) > 1 else x"
        )
    )
    options = ("katas/q01", "-p", "timeout", "-p", "rerunfailures", "--reruns=1")
    done = way.run(*options, PYTEST_DISABLE_PLUGIN_AUTOLOAD="1")
    assert (done.returncode, done.stderr) == (0, "")
    assert "  double                all passed\n" in done.stdout
    assert "2 passed, 1 rerun" in done.stdout


def test_randomly(way: Way) -> None:
    """Each seed gives the same verdicts; the board has the order of the test file."""
    for seed in (1, 2, 3):
        said = run(way, "randomly", f"--randomly-seed={seed}")
        assert HALF in said
        assert said.index("    passed   A number") < said.index("    failed   A negative")


def test_xdist(way: Way) -> None:
    assert HALF in run(way, "xdist", "-n", "2", here=True)


def test_cov(way: Way) -> None:
    """It measures in this process, from the first import on."""
    said = run(way, "pytest_cov", "--cov=katas", "--cov-report=term", here=True)
    assert HALF in said
    (line,) = (line for line in said.splitlines() if line.startswith("katas/q01/double.py "))
    assert line.split()[-1] == "100%"


def test_clarity(way: Way) -> None:
    """Its comparison stands in the traceback, where that is asked for."""
    assert HALF in run(way, "pytest_clarity")
    said = run(way, "pytest_clarity", "--tb=short", "-vv")
    assert "double(-3) == -6" in said
    assert HALF in said


def test_html(way: Way) -> None:
    said = run(way, "html", "-p", "html_fixtures", "-p", "metadata", "--html=it.html")
    assert HALF in said
    page = (way.checkout / "it.html").read_text()
    assert "test_keeps_the_sign" in page
    assert "assert 6 == -6" in page


def test_json_report(way: Way) -> None:
    options = ("--json-report", "--json-report-file=it.json")
    said = run(way, "pytest_jsonreport", "-p", "metadata", *options)
    assert HALF in said
    report = json.loads((way.checkout / "it.json").read_text())
    summary = {key: report["summary"][key] for key in ("passed", "failed", "total")}
    assert summary == {"passed": 1, "failed": 1, "total": 2}
    (failed,) = (test for test in report["tests"] if test["outcome"] == "failed")
    assert failed["call"]["crash"]["message"].startswith("AssertionError: assert 6 == -6")


def test_repeat(way: Way) -> None:
    said = run(way, "repeat", "--count=2")
    assert "  double                2 of 4 passed\n" in said
    assert "    failed   A negative number is doubled too. [2-2]\n" in said


def test_order(way: Way) -> None:
    test = way.checkout / TEST
    marked = "import pytest\n" + test.read_text().replace(
        "def test_keeps", "@pytest.mark.order(1)\ndef test_keeps"
    )
    test.write_text(marked)
    said = run(way, "pytest_order", "-v")
    assert said.index("::test_keeps_the_sign FAILED") < said.index("::test_doubles PASSED")
    assert HALF in said
