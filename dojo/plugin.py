"""The pytest plugin: what makes `pytest katas/q09` a lesson.

PYTEST_DONT_REWRITE (a warm process has imported this module before pytest asks for it)
"""

from __future__ import annotations

import os
import re
import sys
from pathlib import Path

import pytest

from dojo.answers import AnswersFinder
from dojo.catalogue import Catalogue, CatalogueError
from dojo.fresh import start_afresh
from dojo.handover import can_hand_over, hand_over
from dojo.limit import time_limit
from dojo.report.board import Board
from dojo.report.judge import Judge
from dojo.report.verdict import attached


def pytest_addoption(parser: pytest.Parser) -> None:
    group = parser.getgroup("katas")
    group.addoption("--answers", metavar="DIR", help="import the stubs from DIR/qNN/<stub>.py")
    group.addoption("--hint", action="store_true", help="show the next hint")
    group.addoption("--full", action="store_true", help="show failures with full tracebacks")


@pytest.hookimpl(tryfirst=True)
def pytest_cmdline_main(config: pytest.Config) -> int | None:
    if not can_hand_over(config) or not only_katas(config, read_catalogue(config.rootpath)):
        return None
    answers_folder(config)
    status = hand_over(config)
    sys.stdout.flush()
    sys.stderr.flush()
    os._exit(status)  # TensorFlow's teardown would take a second, and there is nothing to save


@pytest.hookimpl(tryfirst=True)
def pytest_configure(config: pytest.Config) -> None:
    os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "2")
    root = config.rootpath
    catalogue = read_catalogue(root)
    katas_only = only_katas(config, catalogue)
    answers = answers_folder(config)
    finder = AnswersFinder(answers, root / "katas", time_limit(config))
    sys.meta_path.insert(0, finder)
    config.add_cleanup(lambda: sys.meta_path.remove(finder))
    config.pluginmanager.register(Judge(root, answers, config.option.full))
    config.pluginmanager.register(Board(config, catalogue))
    config.option.continue_on_collection_errors = True
    if katas_only and not config.option.full:
        config.pluginmanager.register(Quiet())
        config.option.tbstyle = "no"
        config.option.no_header = True
        config.option.reportchars = ""
        config.addinivalue_line("filterwarnings", "ignore")  # Keras's own, mostly
        config.option.verbose = min(config.option.verbose, 0) - 1


class Quiet:
    """No letters for single tests: the board says it in words."""

    @pytest.hookimpl(tryfirst=True)
    def pytest_report_teststatus(
        self, report: pytest.TestReport | pytest.CollectReport
    ) -> tuple[str, str, str] | None:
        if attached(report) is None:
            return None
        broken = report.failed and report.when != "call"
        return ("error" if broken else report.outcome), "", ""


@pytest.fixture(autouse=True)
def fresh_tensorflow() -> None:
    start_afresh()


def pytest_runtest_setup(item: pytest.Item) -> None:
    if item.get_closest_marker("gpu"):
        import tensorflow as tf

        if not tf.config.list_physical_devices("GPU"):
            pytest.skip("needs a GPU that TensorFlow can see")


def read_catalogue(root: Path) -> Catalogue:
    catalogue = Catalogue(root)
    try:
        catalogue.katas  # noqa: B018 (read now, so that a broken kata.toml is told once)
    except CatalogueError as error:
        raise pytest.UsageError(str(error)) from None
    return catalogue


def only_katas(config: pytest.Config, catalogue: Catalogue) -> bool:
    """Whether everything asked for lies in `katas/`; an unknown kata is a usage error."""
    katas = config.rootpath / "katas"
    inside = []
    for argument in config.args:
        path = (config.invocation_params.dir / argument.split("::")[0]).resolve()
        inside.append(path.is_relative_to(katas))
        if path.parent == katas and re.fullmatch(r"q\w+", path.name) and not path.exists():
            try:
                catalogue.kata(path.name)
            except CatalogueError as error:
                raise pytest.UsageError(str(error)) from None
    return all(inside)


def answers_folder(config: pytest.Config) -> Path:
    name = config.option.answers
    folder = (config.invocation_params.dir / (name or config.rootpath / "katas")).resolve()
    if not folder.is_dir():
        raise pytest.UsageError(f"--answers: there is no folder {name}.")
    return folder
