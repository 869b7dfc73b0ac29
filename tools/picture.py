"""Draw docs/run.svg, the picture in the README, from a real run: `python -m tools.picture`.

A copy of the checkout gets a few answers as a learner might have them; the picture shows what
`pytest katas/q09` then prints.
"""

from __future__ import annotations

import io
import os
import re
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

from rich.console import Console
from rich.text import Text

ROOT = Path(__file__).parents[1]
WIDTH = 92
COMMAND = "pytest katas/q09/test_tensor_or_variable.py katas/q09/test_running_total.py"
ANSWERS = {
    "tensor_or_variable": "solutions/q09/tensor_or_variable.py",
    "running_total": "tests/graders/q09/running_total/rejects/unknown_to_keras.py",
}


def printed() -> str:
    """What the command prints, with colours."""
    with tempfile.TemporaryDirectory() as folder:
        for part in ("katas", "dojo", "conftest.py", "pyproject.toml"):
            copy = shutil.copytree if (ROOT / part).is_dir() else shutil.copyfile
            copy(ROOT / part, Path(folder, part))
        for stub, answer in ANSWERS.items():
            shutil.copyfile(ROOT / answer, Path(folder, "katas/q09", f"{stub}.py"))
        env = {**os.environ, "PY_COLORS": "1", "COLUMNS": str(WIDTH), "PYTHONPATH": folder}
        command = [sys.executable, "-m", *COMMAND.split(), "-p", "no:randomly"]
        run = subprocess.run(
            command, cwd=folder, env=env, capture_output=True, text=True, check=False
        )
    return run.stdout.strip()


def main() -> None:
    console = Console(record=True, width=WIDTH, file=io.StringIO())
    console.print(Text.from_ansi(f"\x1b[1m$ {COMMAND}\x1b[0m\n\n{printed()}"))
    svg = console.export_svg(title="pytest katas/q09")
    svg = re.sub(r"@font-face \{.*?\}\n?", "", svg, flags=re.DOTALL)  # no fonts from elsewhere
    (ROOT / "docs" / "run.svg").write_text(svg, encoding="utf-8")


if __name__ == "__main__":
    main()
