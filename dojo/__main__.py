"""The `dojo` command, also as `python -m dojo`."""

import sys


def main() -> None:
    try:
        from dojo.cli import main as run
    except KeyboardInterrupt:  # while it imports
        sys.exit(130)
    except ModuleNotFoundError as error:
        advice = "`pip install -e .` in the checkout installs it."
        sys.exit(f"{sys.executable} has no {error.name}: {advice}")
    run()


if __name__ == "__main__":
    main()
