"""A cold run without what it can do without: collecting garbage during the imports, teardown."""

from __future__ import annotations

import gc
import os
import sys


class Quick:
    """A pytest plugin: the garbage collector is off until all test files are imported.

    It would walk through a growing heap dozens of times meanwhile.
    """

    def __init__(self) -> None:
        self.collects = gc.isenabled()
        gc.disable()

    def pytest_collection_finish(self) -> None:
        if is_the_program():
            gc.freeze()  # what was imported stays, and need not be looked at again
        self.restore()

    def pytest_unconfigure(self) -> None:
        self.restore()

    def restore(self) -> None:
        if self.collects:
            gc.enable()


def is_the_program() -> bool:
    """Whether this process is pytest and nothing else: neither a script nor a notebook."""
    main = sys.modules["__main__"]
    module = getattr(getattr(main, "__spec__", None), "name", "")
    script = os.path.basename(getattr(main, "__file__", None) or "")
    return module == "pytest.__main__" or script in ("pytest", "py.test", "pytest.exe")
