"""The imports that take seconds, done once.

TF_KATAS_LIGHT=1 leaves TensorFlow out: for tests of the runner, whose katas do not need it.
"""

from __future__ import annotations

import gc
import importlib
import os
import pkgutil
import sys

import _pytest  # pytest imports its parts when it starts; here they have to be there before

from dojo.quiet import silent_unless_it_fails

TENSORFLOW = ("tensorflow", "keras", "numpy.random", "dojo.expect")
MODULES = (
    *(module.name for module in pkgutil.iter_modules(_pytest.__path__, "_pytest.")),
    "_pytest.assertion.rewrite",
    "dojo.plugin",
)


def preload() -> None:
    """Import TensorFlow, Keras and pytest; afterwards the process can still be forked.

    No op is run and no device listed: after either, TensorFlow has threads that a forked
    child lacks, and the child hangs. The garbage collector would walk through a growing heap
    dozens of times during the import; it is off meanwhile, and what was imported is frozen,
    so that a child's collections do not copy the shared pages.
    """
    os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "2")  # read once, at the first line of a log
    gc.disable()
    with silent_unless_it_fails():
        for name in MODULES:
            importlib.import_module(name)
        if not os.environ.get("TF_KATAS_LIGHT"):
            for name in TENSORFLOW:
                importlib.import_module(name)
            sys.modules["tensorflow"].keras.layers  # noqa: B018 (loaded when first looked at)
    gc.freeze()
    gc.enable()
