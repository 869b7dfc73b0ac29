"""The `examiner` command, which needs more than a learner installs."""

from __future__ import annotations

import sys


def main() -> None:
    try:
        from examiner.cli import app
    except ModuleNotFoundError as error:
        sys.exit(f"{error.name} is missing: pip install -e '.[examiner]' brings it.")
    app()


if __name__ == "__main__":
    main()
