"""Where a kata run takes place: in a warm process, or in a child of this one.

pytest reads its command line, and here the run leaves it: for the checkout's warm process
if one is up, else for a child that starts after TensorFlow has been imported once, without
collecting garbage. The child, not this process, may hang or crash. What the child printed
comes out here, and its exit status is ours.
"""

from __future__ import annotations

import os
import shutil
import sys
import time
from typing import Any

import pytest
from _pytest.config import create_terminal_writer

from dojo.runner.messages import Request, Result
from dojo.warm import client
from dojo.warm.address import Home

# Options for which the run has to stay in the process that was started.
HERE = (
    "collectonly",
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


def can_hand_over(config: pytest.Config) -> bool:
    """Whether this is a plain `pytest katas/…`, started as a program."""
    option = config.option
    return not (
        config.invocation_params.plugins  # started by an editor, or already in a child
        or hasattr(config, "workerinput")  # one of several with -n
        or any(getattr(option, name, None) for name in HERE)
        or option.capture == "no"
    )


def hand_over(config: pytest.Config) -> int:
    """Have the run done elsewhere, print what it printed, and give its exit status."""
    args = list(map(str, config.invocation_params.args))
    request = Request(args, env=environment(config), cores=os.cpu_count() or 1)
    status_line = StatusLine()
    result, spared = client.ask(Home.of(config.rootpath), request, status_line.show), 0.0
    if result is None:
        result, spared = run_cold(request, status_line)
    status_line.clear()
    sys.stdout.write(result.output.lstrip("\n"))
    if spared and sys.stdout.isatty():
        print(f"`dojo warm` keeps TensorFlow imported: {spared:.0f} s less from the next run on.")
    return result.status


def run_cold(request: Request, status_line: StatusLine) -> tuple[Result, float]:
    """The result, and the seconds that the imports took."""
    from dojo.runner.spawn import launcher
    from dojo.runner.supervisor import supervise

    began = time.monotonic()
    status_line.write("Importing TensorFlow, which takes some seconds…")
    way = launcher()
    spared = time.monotonic() - began
    status_line.clear()
    return supervise(request, way, status_line.show), spared


def environment(config: pytest.Config) -> dict[str, str]:
    """This process's environment, with what only it knows of the terminal."""
    writer = create_terminal_writer(config, sys.stdout)
    width = shutil.get_terminal_size().columns
    return {
        **os.environ,
        "COLUMNS": os.environ.get("COLUMNS", str(width)),
        "PY_COLORS": str(int(writer.hasmarkup)),
    }


class StatusLine:
    """One line on a terminal that says how far the run is; elsewhere nothing."""

    def __init__(self) -> None:
        self.shown = 0
        self.on = sys.stderr.isatty() and os.environ.get("TERM") != "dumb"

    def show(self, event: Any) -> None:
        self.write(f"{event['done']} of {event['tests']} tests")

    def write(self, text: str) -> None:
        if self.on:
            sys.stderr.write("\r" + text.ljust(self.shown))
            sys.stderr.flush()
            self.shown = len(text)

    def clear(self) -> None:
        self.write("")
        if self.on:
            sys.stderr.write("\r")
            sys.stderr.flush()
