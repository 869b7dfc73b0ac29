"""`python -m dojo` is the `dojo` command."""

import sys

try:
    from dojo.cli import main
except ModuleNotFoundError as error:
    advice = "`pip install -e .` in the checkout installs it."
    sys.exit(f"{sys.executable} has no {error.name}: {advice}")

main()
