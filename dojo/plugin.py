"""The pytest plugin: what makes `pytest katas/q09` a lesson.

PYTEST_DONT_REWRITE (a warm process has imported this module before pytest asks for it)
"""

from __future__ import annotations

import argparse
import os
import re
import sys
from pathlib import Path

import pytest

from dojo.answers import AnswersFinder
from dojo.catalogue import Catalogue, CatalogueError
from dojo.checkout import checkout_at
from dojo.fresh import start_afresh
from dojo.garbage import Garbage
from dojo.handover import hand_over
from dojo.installation import lacks_tensorflow
from dojo.limit import time_limit
from dojo.quick import Quick
from dojo.report.board import Board
from dojo.report.collected import Collected
from dojo.report.failure import Places
from dojo.report.judge import Judge
from dojo.report.progress import Progress
from dojo.report.results import Memory
from dojo.report.verdict import attached
from dojo.watchdog import Watchdog

BEYOND = "beyond: beyond the idea of its stub: what a senior engineer also gets right"
TRACEBACKS = ("long", "short", "line", "native")  # what --tb may ask for
UNASKED = "fE"  # what -r asks for when it is not given
CATALOGUE = pytest.StashKey[Catalogue]()
GPU = "gpu: needs a GPU that TensorFlow can see; has a counterpart on CPU logical devices"


def pytest_addoption(parser: pytest.Parser) -> None:
    group = parser.getgroup("katas")
    group.addoption("--answers", metavar="DIR", help="import the stubs from DIR/qNN/<stub>.py")
    group.addoption(
        "--hint",
        nargs="?",
        const="next",
        type=hint_option,
        help="show the next hint for the first test that fails; --hint=first starts again",
    )
    group.addoption("--full", action="store_true", help="show failures with full tracebacks")


def hint_option(value: str) -> str:
    """ "next" or "first"; argparse takes what follows --hint for its value."""
    if value not in ("next", "first"):
        raise argparse.ArgumentTypeError(f"write what to run first: pytest {value} --hint")
    return value


@pytest.hookimpl(tryfirst=True)
def pytest_cmdline_main(config: pytest.Config) -> int | None:
    root = root_of(config)
    if only_katas(config, Catalogue(root)):  # read where the run is done
        answers_folder(config, root)
        status = hand_over(config, root)
        if status is not None:
            return status
    config.pluginmanager.register(Quick())
    return None


@pytest.hookimpl(tryfirst=True)
def pytest_configure(config: pytest.Config) -> None:
    os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "2")
    config.addinivalue_line("markers", BEYOND)
    config.addinivalue_line("markers", GPU)
    root = root_of(config)
    catalogue = config.stash[CATALOGUE] = read_catalogue(root)
    answers = answers_folder(config, root)
    stubs = {kata.id: [stub.id for stub in kata.stubs] for kata in catalogue.katas.values()}
    finder = AnswersFinder(answers, root / "katas", stubs, time_limit(config))
    sys.meta_path.insert(0, finder)
    config.add_cleanup(lambda: forget(finder))
    option = config.option
    tracebacks = option.full or getattr(option, "tbstyle", "no") in TRACEBACKS
    judge = Judge(Places(root, config.invocation_params.dir), answers, tracebacks)
    collected = Collected(config, judge)
    config.pluginmanager.register(judge)
    config.pluginmanager.register(collected)
    supervised = config.pluginmanager.hasplugin("supervised")
    if not supervised:
        config.pluginmanager.register(Watchdog(config))
    config.pluginmanager.register(Garbage())  # after the watchdog: no test's time counts it
    config.option.continue_on_collection_errors = True
    if config.pluginmanager.hasplugin("terminal"):
        board = Board(config, catalogue, finder, judge, collected)
        config.pluginmanager.register(board)
        if answers == catalogue.root / "katas":  # the learner's own
            memory = Memory(config, catalogue, judge, collected, board.verdicts)
            config.pluginmanager.register(memory)
        if only_katas(config, catalogue):
            if not option.full:
                be_quiet(config)
            if not supervised:
                plugins = config.pluginmanager
                silent = plugins.hasplugin("quiet") and not plugins.hasplugin("sugar")
                plugins.register(Progress(counts=silent))


def forget(finder: AnswersFinder) -> None:
    """Another run in this process imports the answers as they are then."""
    sys.meta_path.remove(finder)
    for name in [name for name in sys.modules if name.startswith("katas.")]:
        del sys.modules[name]


def be_quiet(config: pytest.Config) -> None:
    """No tracebacks, warnings and letters for single tests: the board says it in words.

    What you ask pytest for is done as anywhere, such as -v, -rA or --tb=short.
    """
    option = config.option
    config.addinivalue_line("filterwarnings", "ignore")  # Keras's own, mostly
    option.no_header = True
    if option.collectonly:
        return
    if option.tbstyle == "auto" and not getattr(option, "instafail", False):
        option.tbstyle = "no"
    if option.verbose <= 0:
        option.verbose -= 1
        if option.reportchars == UNASKED:
            option.reportchars = ""
            config.pluginmanager.register(Quiet(), "quiet")


class Quiet:
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
    """What the fixtures of a module or session did, made before this one, changes no first test."""
    start_afresh()


@pytest.hookimpl(tryfirst=True)
def pytest_runtest_setup(item: pytest.Item) -> None:
    start_afresh()  # for the fixtures of a module or session
    if item.get_closest_marker("gpu"):
        import tensorflow as tf

        if not tf.config.list_physical_devices("GPU"):
            pytest.skip("needs a GPU that TensorFlow can see")


def root_of(config: pytest.Config) -> Path:
    """The checkout that is asked for: pytest's rootdir may be a folder above or beside it."""
    here = config.invocation_params.dir
    places = [config.rootpath, *(here / name.split("::")[0] for name in config.args), here]
    found = (root for place in places if (root := checkout_at(place)))
    return next(found, config.rootpath)


@pytest.hookimpl(tryfirst=True)
def pytest_collection(session: pytest.Session) -> None:
    asked_for_katas = only_katas(session.config, session.config.stash[CATALOGUE])
    if asked_for_katas and (sentence := lacks_tensorflow()):
        raise pytest.UsageError(sentence)


def read_catalogue(root: Path) -> Catalogue:
    catalogue = Catalogue(root)
    try:
        catalogue.katas  # noqa: B018 (read now, so that a broken kata.toml is told once)
    except CatalogueError as error:
        raise pytest.UsageError(str(error)) from None
    return catalogue


def only_katas(config: pytest.Config, catalogue: Catalogue) -> bool:
    """Whether everything asked for lies in `katas/`; an unknown kata is a usage error."""
    katas = catalogue.root / "katas"
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


def answers_folder(config: pytest.Config, root: Path) -> Path:
    name = config.option.answers
    folder = (config.invocation_params.dir / (name or root / "katas")).resolve()
    if not folder.is_dir():
        raise pytest.UsageError(f"--answers: there is no folder {name}.")
    for plugin in config.pluginmanager.get_plugins():
        file = Path(getattr(plugin, "__file__", None) or "")
        if name and file.name == "conftest.py" and file.is_relative_to(folder):
            # pytest took the folder for one with tests: our option is not known that early.
            raise pytest.UsageError(f"Write --answers={name}: otherwise its conftest.py is run.")
    return folder
