"""Ada's machine, Grace's, and the bare repository that both know."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from tests import toy
from tests.dojo.pairing.machines import README, Machine, env_of
from tests.toy import LIGHT_TEST


@pytest.fixture
def ada(tmp_path: Path) -> Machine:
    """A repository of its own, without a remote."""
    if not shutil.which("git"):
        pytest.skip("a branch of both needs git")
    root = tmp_path / "ada"
    root.mkdir()
    toy.build(root, test_double=LIGHT_TEST)
    (root / "katas/q01/README.md").write_text(README)
    (root / ".gitignore").write_text("__pycache__/\n.pytest_cache/\n")
    machine = Machine(root, env_of("Ada", tmp_path / "home-ada"))
    machine.git("init", "--quiet", "--initial-branch=main")
    machine.git("add", ".")
    machine.git("commit", "--quiet", "-m", "A kata")
    return machine


@pytest.fixture
def hub(ada: Machine, tmp_path: Path) -> Path:
    """The bare repository that both know."""
    ada.git("clone", "--quiet", "--bare", ".", str(tmp_path / "hub"))
    ada.git("remote", "add", "origin", str(tmp_path / "hub"))
    ada.git("fetch", "--quiet", "origin")
    return tmp_path / "hub"


@pytest.fixture
def grace(ada: Machine, hub: Path, tmp_path: Path) -> Machine:
    ada.git("clone", "--quiet", str(hub), str(tmp_path / "grace"))
    return Machine(tmp_path / "grace", env_of("Grace", tmp_path / "home-grace"))
