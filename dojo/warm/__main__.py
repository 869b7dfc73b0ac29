"""`python -m dojo.warm ARGS…`: `pytest ARGS…` in the checkout's warm process, or not at all."""

from __future__ import annotations

import sys
from pathlib import Path

from dojo.runner.messages import Request
from dojo.warm.address import Home
from dojo.warm.client import ask

if __name__ == "__main__":
    result = ask(Home.of(Path.cwd()), Request(sys.argv[1:]))
    if result is None:
        sys.exit("No warm process is up for this folder: start one with `dojo warm`.")
    sys.stdout.write(result.output)
    sys.exit(result.status)
