"""A stub as another process has it: of what the first one did, only files are left."""

from __future__ import annotations

import importlib
import os
import random
import sys
from types import ModuleType

import numpy as np
import pytest
import tensorflow as tf


def started(stub: str, monkeypatch: pytest.MonkeyPatch) -> ModuleType:
    """Import a stub and its neighbours once more, as a process does when it starts.

    What they drew or remembered is gone. Python's `hash` of a string, the number of the process
    and all seeds are others.
    """
    package = f"{stub.rpartition('.')[0]}."
    for name in [*sys.modules]:
        if name.startswith(package) and not name.startswith(f"{package}test_"):
            monkeypatch.delitem(sys.modules, name)
    number = os.getpid() + 1
    monkeypatch.setattr(os, "getpid", lambda: number)
    random.seed(1)
    np.random.seed(1)
    tf.random.set_seed(1)
    module = importlib.import_module(stub)
    monkeypatch.setattr(module, "hash", lambda x: hash(("anew", x)), raising=False)
    return module
