"""Two machines, what lies between them, and what is typed there."""

from __future__ import annotations

import contextlib
import os
import subprocess
from dataclasses import dataclass
from pathlib import Path

import pytest
from typer.testing import CliRunner

from dojo.cli import app
from dojo.pairing.session import Session, open_sessions
from tests import toy

BRANCH = "pair/q01-ada-grace"
WITH = ("--with", "Ada", "Grace")
STUB = "katas/q01/double.py"
SHIPPED = toy.FILES[STUB]
RIGHT = "def double(x):\n    return 2 * x\n"
README = (
    "# q01\n\n## Follow-up questions\n\n- What about text?\n- And None?\n\n"
    "## What holds today\n\nA spoiler.\n\n## More\n\nThe rest.\n"
)
COMMAND = "from dojo.cli import app; app()"


@dataclass
class Machine:
    """A checkout, and who sits there."""

    root: Path
    env: dict[str, str]

    def dojo(self, *args: str, status: int = 0) -> str:
        with contextlib.chdir(self.root), pytest.MonkeyPatch.context() as patch:
            for name, value in self.env.items():
                patch.setenv(name, value)
            done = CliRunner().invoke(app, ["pair", *args])
        assert done.exit_code == status, done.output
        return done.output

    def git(self, *args: str) -> str:
        command = ["git", "-C", str(self.root), *args]
        env = {**os.environ, **self.env}
        return subprocess.run(
            command, env=env, check=True, capture_output=True, text=True
        ).stdout.strip()

    @property
    def stub(self) -> Path:
        return self.root / STUB

    def write(self, text: str) -> None:
        self.stub.write_text(text, encoding="utf-8")

    def tip(self, path: str = STUB) -> str:
        """What stands in a file on the branch."""
        return self.git("show", f"{BRANCH}:{path}") + "\n"

    @property
    def session(self) -> Session:
        with pytest.MonkeyPatch.context() as patch:
            patch.setenv("TF_KATAS_HOME", self.env["TF_KATAS_HOME"])
            return next(open_sessions(self.root))

    @property
    def summary(self) -> str:
        (file,) = Path(self.env["TF_KATAS_HOME"]).glob("pairs/*/*.md")
        return file.read_text(encoding="utf-8")


def env_of(name: str, home: Path) -> dict[str, str]:
    email = f"{name.lower()}@example.org"
    who = {f"GIT_{role}_NAME": name for role in ("AUTHOR", "COMMITTER")}
    who |= {f"GIT_{role}_EMAIL": email for role in ("AUTHOR", "COMMITTER")}
    plain = {"GIT_CONFIG_GLOBAL": os.devnull, "GIT_CONFIG_NOSYSTEM": "1", "TF_KATAS_LIGHT": "1"}
    return {**who, **plain, "TF_KATAS_HOME": str(home)}
