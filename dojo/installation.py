"""Whether this interpreter has what the katas are about; nothing is imported to know it."""

from __future__ import annotations

import os
import sys
from importlib.util import find_spec


def lacks_tensorflow() -> str | None:
    """A sentence on what is missing and what to do, if TensorFlow is."""
    if os.environ.get("TF_KATAS_LIGHT") or find_spec("tensorflow"):
        return None
    return f"{sys.executable} has no TensorFlow: `pip install -e .` in the checkout installs it."
