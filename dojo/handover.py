"""A kata's run, done by the checkout's warm process if one is up.

pytest has read its command line, and has not begun. What the warm process printed comes out
here, and its exit status is ours.
"""

from __future__ import annotations

import os
import shutil
import sys
from pathlib import Path
from typing import Any

import pytest

from dojo.report.progress import StatusLine
from dojo.runner.messages import Request
from dojo.warm import client
from dojo.warm.address import Home

# Options for which the run has to stay in the process that was started.
HERE = (
    "cov_source",
    "debug",
    "help",
    "markers",
    "numprocesses",
    "setuponly",
    "setupplan",
    "setupshow",
    "showfixtures",
    "show_fixtures_per_test",
    "trace",
    "usepdb",
    "version",
    "cacheshow",
)


def hand_over(config: pytest.Config, root: Path) -> int | None:
    """The exit status of a run that the warm process has done; None if it has to be done here."""
    option = config.option
    if (
        config.invocation_params.plugins  # objects of PyCharm's process, or already in a child
        or hasattr(config, "workerinput")  # one of several with -n
        or any(getattr(option, name, None) for name in HERE)
        or getattr(option, "capture", None) == "no"
    ):
        return None
    args = list(map(str, config.invocation_params.args))
    request = Request(args, str(config.invocation_params.dir), environment())
    line = StatusLine()

    def show(event: dict[str, Any]) -> None:
        line.count(event["done"], event["tests"])

    result = client.ask(Home.of(root), request, show)
    line.clear()
    if result is None:
        return None
    sys.stdout.write(result.output.lstrip("\n"))
    sys.stdout.flush()
    return result.status


def environment() -> dict[str, str]:
    """This process's environment, with what only it knows of the terminal."""
    told = dict(os.environ)
    told.setdefault("COLUMNS", str(shutil.get_terminal_size().columns))
    if not told.keys() & {"NO_COLOR", "FORCE_COLOR"}:
        coloured = sys.stdout.isatty() and told.get("TERM") != "dumb"
        told.setdefault("PY_COLORS", str(int(coloured)))
    return told
