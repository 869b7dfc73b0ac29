"""What a run can do without: collecting garbage during the imports, bytecode, teardown."""

from __future__ import annotations

import atexit
import gc
import logging
import multiprocessing.util  # now, so that what it has to do at exit is there before our part
import os
import sys

import pytest

# What logging and multiprocessing have registered, and we do in their place.
KNOWN_AT_EXIT = 2


class Quick:
    """A pytest plugin: the garbage collector is off until all test files are imported.

    It would walk through a growing heap dozens of times meanwhile. What is imported after that
    is mostly a file that AutoGraph has just written and removes at the end: bytecode of it would
    stay in the folder for temporary files. To tear TensorFlow down takes some tenths of a second
    more; where pytest is the program itself, and nobody else has registered work for the end
    before, the process is left without it.
    """

    def __init__(self) -> None:
        self.collects = gc.isenabled()
        self.writes_no_bytecode = sys.dont_write_bytecode
        self.session: pytest.Session | None = None
        gc.disable()
        # No public function tells how many there are.
        if is_the_program() and atexit._ncallbacks() <= KNOWN_AT_EXIT:
            atexit.register(self.leave)  # runs after all that is registered from now on

    def pytest_sessionstart(self, session: pytest.Session) -> None:
        self.session = session

    def pytest_collection_finish(self) -> None:
        if is_the_program():
            gc.freeze()  # what was imported stays, and need not be looked at again
        self.collect_again()
        sys.dont_write_bytecode = True

    def pytest_unconfigure(self) -> None:
        self.collect_again()
        sys.dont_write_bytecode = self.writes_no_bytecode

    def collect_again(self) -> None:
        if self.collects:
            gc.enable()

    def leave(self) -> None:
        if self.session is None or multiprocessing.active_children():
            return
        logging.shutdown()
        sys.stdout.flush()
        sys.stderr.flush()
        os._exit(self.session.exitstatus)


def is_the_program() -> bool:
    """Whether this process is pytest and nothing else: no script, notebook, tracer or profiler."""
    main = sys.modules["__main__"]
    module = getattr(getattr(main, "__spec__", None), "name", "")
    script = os.path.basename(getattr(main, "__file__", None) or "")
    is_pytest = module == "pytest.__main__" or script in ("pytest", "py.test")
    return is_pytest and not (sys.gettrace() or sys.getprofile())
