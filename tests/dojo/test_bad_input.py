"""Whatever is wrong with the input: one clear sentence, the rest judged, no traceback of ours."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from dojo.runner.messages import Request, Result
from tests import toy

Judge = Callable[[Request], Result]
pytestmark = pytest.mark.timeout(200)

OTHER = '''\
from dojo import expect
from katas.q01.other import other


def test_other() -> None:
    """The other stub is judged."""
    expect.value(other(), 1, called="other()")
'''
OTHER_ENTRY = '[[stub]]\nid = "other"\ntitle = ""\nminutes = 1\nhints = ["One."]\n'
LOOP = """\
import tensorflow as tf

def double(x):
    forever = tf.while_loop(lambda i: i >= 0, lambda i: (i,), (tf.constant(0),))
    return 2 * x + forever
"""


@pytest.fixture
def checkout(tmp_path: Path) -> Path:
    """The toy kata with a second stub, which is done."""
    toy.build(tmp_path, kata=toy.KATA + OTHER_ENTRY)
    (tmp_path / "katas/q01/other.py").write_text("def other():\n    return 1\n")
    (tmp_path / "katas/q01/test_other.py").write_text(OTHER)
    return tmp_path


def warm_run(judge: Judge, checkout: Path, *args: str) -> Result:
    args = ("katas/q01", "-p", "no:randomly", *args)
    result = judge(Request(list(args), cwd=str(checkout)))
    assert "Traceback" not in result.output
    return result


def words(result: Result) -> dict[str, str]:
    return {f"{v.stub}.{v.test}": v.word for v in result.verdicts}


STUBS = {
    "a syntax error": ("def double(x:\n", "double.py:1", "SyntaxError: '(' was never closed"),
    "a missing name": ("", "double.py", "no double in the file"),
    "sys.exit()": ("import sys\n\nsys.exit(0)\n", "double.py:3", "ends the program (sys.exit)"),
    "an exception": ("x = 1\n1 / 0\n", "double.py:2", "ZeroDivisionError: division by zero"),
    "a missing import": ("import tenserflow\n", "double.py:1", "No module named 'tenserflow'"),
    "a crash": ("import os\n\nos._exit(0)\n", "double.py", "the whole process ended while"),
}


@pytest.mark.parametrize("name", STUBS)
def test_a_stub_that_cannot_be_imported(name: str, checkout: Path, judge: Judge) -> None:
    text, place, reason = STUBS[name]
    (checkout / "katas/q01/double.py").write_text(text)
    result = warm_run(judge, checkout)
    assert result.status == 1
    assert words(result)["other.test_other"] == "passed"
    assert f"katas/q01/{place}" in result.output
    assert reason in result.output
    assert len(result.output.splitlines()) < 30


BODIES = {
    "a loop in Python": ("    while True:\n        pass\n", "timeout"),
    "a loop that swallows exceptions": (
        "    while True:\n        try:\n            while True:\n                pass\n"
        "        except BaseException:\n            pass\n",
        "timeout",
    ),
    "a loop in TensorFlow": (LOOP, "timeout"),
    "the end of the process": ("    import os\n    os._exit(0)\n", "crashed"),
    "sys.exit()": ("    raise SystemExit(0)\n", "failed"),
}


@pytest.mark.parametrize("name", BODIES)
def test_a_stub_that_does_not_come_back(name: str, checkout: Path, judge: Judge) -> None:
    body, word = BODIES[name]
    text = body if "def " in body else f"def double(x):\n{body}"
    (checkout / "katas/q01/double.py").write_text(text)
    result = warm_run(judge, checkout, "--timeout=1")
    assert result.status == 1
    assert words(result) == {
        "double.test_doubles": word,
        "double.test_keeps_the_sign": word,
        "other.test_other": "passed",
    }


def test_the_limit_holds_however_its_plugin_was_found(checkout: Path, judge: Judge) -> None:
    (checkout / "katas/q01/double.py").write_text(LOOP)
    named = {"PYTEST_DISABLE_PLUGIN_AUTOLOAD": "1", "PYTEST_PLUGINS": "pytest_timeout"}
    args, env = ["katas/q01/test_double.py", "--timeout=1"], {**os.environ, **named}
    result = judge(Request(args, cwd=str(checkout), env=env))
    assert {verdict.word for verdict in result.verdicts} == {"timeout"}


def test_an_import_that_does_not_end(checkout: Path, judge: Judge) -> None:
    (checkout / "katas/q01/double.py").write_text("while True:\n    pass\n")
    result = warm_run(judge, checkout, "--timeout=1")
    assert result.status == 1
    assert "its import did not end within 1.0 s" in result.output
    assert words(result)["other.test_other"] == "passed"


REQUESTS = {
    "an unknown kata": (["katas/q99"], "There is no kata q99. There are: q01."),
    "an unknown test": (["katas/q01/test_none.py"], "file or directory not found"),
    "answers that look like tests": (
        ["katas/q01", "--answers", "answers"],
        "Write --answers=answers: otherwise its conftest.py is run.",
    ),
    "no such answers": (
        ["katas/q01", "--answers=nowhere"],
        "--answers: there is no folder nowhere.",
    ),
}


@pytest.mark.parametrize("name", REQUESTS)
def test_a_wrong_command_line(name: str, checkout: Path) -> None:
    args, sentence = REQUESTS[name]
    (checkout / "answers").mkdir()
    (checkout / "answers" / "conftest.py").touch()
    command = [sys.executable, "-m", "pytest", *args]
    run = subprocess.run(command, cwd=checkout, capture_output=True, text=True, check=False)
    assert run.returncode == pytest.ExitCode.USAGE_ERROR
    assert sentence in run.stdout + run.stderr
    assert "Traceback" not in run.stdout + run.stderr


TOMLS = {
    "no toml": ("title =", "Invalid value"),
    "a missing field": ("title = 'x'\n", "'stub' is missing"),
    "an unknown field": ("level = 'easy'\n" + toy.KATA, "unexpected keyword argument 'level'"),
    "an unknown field of a stub": (
        toy.KATA + "level = 'easy'\n",
        "unexpected keyword argument 'level'",
    ),
    "an unknown type": (toy.KATA.replace("practical", "fun"), "type is 'fun', not one of"),
    "a stub without a file": (toy.KATA.replace('"double"', '"triple"'), "triple.py is missing"),
}


@pytest.mark.parametrize("name", TOMLS)
def test_a_broken_kata_toml(name: str, checkout: Path, judge: Judge) -> None:
    text, sentence = TOMLS[name]
    (checkout / "katas/q01/kata.toml").write_text(text)
    result = warm_run(judge, checkout)
    assert result.status == pytest.ExitCode.USAGE_ERROR
    assert "katas/q01/kata.toml" in result.output
    assert sentence in result.output
