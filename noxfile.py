"""Chores: `nox -l` lists them, `nox -s cpu -- katas/q09` passes arguments on.

Started from an environment that has TensorFlow, nox uses that environment as it is, so that
nothing is downloaded twice; else every session gets its own, made by uv if it is installed.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from importlib.util import find_spec
from pathlib import Path

import nox
from nox.command import CommandFailed

OWN = "uv|virtualenv"
nox.options.default_venv_backend = OWN
nox.options.reuse_venv = "yes"
nox.options.sessions = ["lint", "tests"]

if find_spec("tensorflow"):
    nox.options.default_venv_backend = "none"
    # Its programs are found, too, when it is not activated.
    os.environ["PATH"] = os.pathsep.join([str(Path(sys.executable).parent), os.environ["PATH"]])

PYTHONS = ("3.11", "3.12", "3.13")

SIGNS_OF_A_GPU = ("/dev/nvidia0", "/proc/driver/nvidia")
GPU = any(map(os.path.exists, SIGNS_OF_A_GPU)) or shutil.which("nvidia-smi") is not None
VISIBLE = "GPUs visible:"
COUNT_GPUS = f"""
import tensorflow as tf
print('{VISIBLE}', len(tf.config.list_physical_devices('GPU')))
"""


def prepare(session: nox.Session, extra: str = "dev") -> None:
    """Install the project, unless the session runs in the environment nox was started from."""
    if session.venv_backend != "none":
        session.install("-e", f".[{extra}]")


@nox.session
def cpu(session: nox.Session) -> None:
    """All solutions on the CPU; `-- katas/q09` for one kata."""
    prepare(session)
    katas = session.posargs or ["katas"]
    session.run("pytest", *katas, "--answers=solutions", env={"CUDA_VISIBLE_DEVICES": "-1"})


@nox.session(venv_backend=OWN if GPU else "none")
def gpu(session: nox.Session) -> None:
    """The tests that need a GPU, then everything on the GPU."""
    if not GPU:
        session.error("There is no GPU here: no nvidia-smi, and no driver of NVIDIA's")
    prepare(session, "dev,gpu")
    seen = session.run("python", "-c", COUNT_GPUS, silent=True, log=False)
    if f"{VISIBLE} 0" in str(seen):
        session.error("There is a GPU here, but TensorFlow does not see it")
    katas = session.posargs or ["katas"]
    session.run("pytest", *katas, "--answers=solutions", "-m", "gpu", success_codes=[0, 5])
    session.run("pytest", *katas, "--answers=solutions")


@nox.session(venv_backend="none")
def pythons(session: nox.Session) -> None:
    """All solutions on every Python that is here, each in its own venv; `-- 3.12` for one."""
    wanted = session.posargs or PYTHONS
    if unknown := set(wanted).difference(PYTHONS):
        session.error(f"{', '.join(sorted(unknown))}: not among {', '.join(PYTHONS)}")
    outcome = {version: solutions_on(version, session) for version in wanted}
    for word in ("green", "failed", "not found here"):
        if versions := [version for version in wanted if outcome[version] == word]:
            session.log(f"Python {', '.join(versions)}: {word}.")
    asked_in_vain = session.posargs and "not found here" in outcome.values()
    if asked_in_vain or "failed" in outcome.values() or "green" not in outcome.values():
        session.error("Not every Python that was asked for is green")


def solutions_on(version: str, session: nox.Session) -> str:
    """Judge the solutions on this Python; pip heeds PIP_CONSTRAINT, as in CI."""
    interpreter = find_python(version)
    if not interpreter:
        return "not found here"
    venv = Path(".nox", f"pythons-{version}").absolute()
    python = str(venv / ("Scripts/python.exe" if sys.platform == "win32" else "bin/python"))
    try:
        session.run(interpreter, "-m", "venv", str(venv))
        session.run(python, "-m", "pip", "install", "--quiet", "-e", ".")
        session.run(python, "-m", "pytest", "katas", "--answers=solutions")
    except CommandFailed:
        return "failed"
    return "green"


def find_python(version: str) -> str | None:
    """A python3.x that really runs: a shim of pyenv may stand for one that is not there."""
    program = shutil.which(f"python{version}")
    if not program:
        return None
    done = subprocess.run(
        [program, "-c", "import sys; print(sys.executable)"],
        env={**os.environ, "PYENV_VERSION": version},  # the shim's one is good, chosen or not
        capture_output=True,
        text=True,
        check=False,
    )
    return done.stdout.strip() or None


@nox.session
def tests(session: nox.Session) -> None:
    """The repository's own tests; `-- --all` with the whole proof of the graders."""
    prepare(session)
    session.run("pytest", "tests", *session.posargs)


@nox.session(venv_backend=OWN)
def plugins(session: nox.Session) -> None:
    """Other people's plugins beside ours, cold and warm: `pytest tests` leaves these tests out."""
    project = nox.project.load_toml("pyproject.toml")
    session.install(*nox.project.dependency_groups(project, "plugins"))
    file = "tests/plugins/each_plugin.py"
    alone = {"PYTEST_DISABLE_PLUGIN_AUTOLOAD": "1"}  # each test loads the one that it is about
    session.run("pytest", "-p", "timeout", file, *session.posargs, env=alone)


@nox.session
def clients(session: nox.Session) -> None:
    """Real clients of a model server against the small one: `pytest tests` leaves these out."""
    prepare(session)
    project = nox.project.load_toml("pyproject.toml")
    packages = nox.project.dependency_groups(project, "clients")
    if session.venv_backend == "none":
        session.run("python", "-m", "pip", "install", "--quiet", *packages)
    else:
        session.install(*packages)
    session.run("pytest", "tests/clients/each_client.py", *session.posargs)


@nox.session
def lint(session: nox.Session) -> None:
    """Style, types, the directions of imports, and spelling."""
    prepare(session)
    if session.venv_backend == "none" and not (shutil.which("ruff") and shutil.which("mypy")):
        session.error("Lint needs ruff and mypy: pip install -e '.[dev]' has them")
    session.run("ruff", "check")
    session.run("ruff", "format", "--check")
    session.run("mypy")
    session.run("lint-imports", "--no-cache")
    session.run("codespell")


@nox.session
def solutions(session: nox.Session) -> None:
    """Write the local branch `solutions`, in which every stub is solved."""
    prepare(session)
    session.run("python", "-m", "tools.solutions_branch")


@nox.session
def picture(session: nox.Session) -> None:
    """Draw the pictures of a run, the watch and, where there is Chromium, the page anew."""
    prepare(session)
    session.run("python", "-m", "tools.picture")
    session.run("python", "-m", "tools.screens")
    if shutil.which("chromium"):
        session.run("python", "-m", "tools.pages")


@nox.session
def bench(session: nox.Session) -> None:
    """Cold and warm runs side by side; `-- --write` puts the table into docs/performance.md."""
    prepare(session)
    session.run("python", "-m", "tools.bench", *session.posargs)
    session.run("python", "-m", "tools.bench_grading", *session.posargs)
    session.run("python", "-m", "tools.bench_batch", *session.posargs)
    session.run("python", "-m", "tools.bench_watch", *session.posargs)


@nox.session
def mutants(session: nox.Session) -> None:
    """Break the solutions mechanically; `-- q09 --write` for one kata and the tables in docs/."""
    prepare(session)
    session.run("python", "-m", "tools.mutants", *session.posargs)
