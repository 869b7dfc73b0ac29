"""Chores: `nox -l` lists them, `nox -s cpu -- katas/q09` passes arguments on.

Started from an environment that has TensorFlow, nox uses that environment as it is, so that
nothing is downloaded twice; else every session gets its own, made by uv if it is installed.
"""

from __future__ import annotations

from importlib.util import find_spec

import nox

OWN = "uv|virtualenv"
nox.options.default_venv_backend = "none" if find_spec("tensorflow") else OWN
nox.options.reuse_venv = "yes"
nox.options.sessions = ["lint", "tests"]

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
    session.run("pytest", *katas, "--answers", "solutions", env={"CUDA_VISIBLE_DEVICES": "-1"})


@nox.session(venv_backend=OWN)
def gpu(session: nox.Session) -> None:
    """The tests that need a GPU, then everything on the GPU."""
    prepare(session, "dev,gpu")
    seen = session.run("python", "-c", COUNT_GPUS, silent=True, log=False)
    if f"{VISIBLE} 0" in str(seen):
        session.error(
            "TensorFlow sees no GPU here, so there is nothing that this session can test."
        )
    katas = session.posargs or ["katas"]
    session.run("pytest", *katas, "--answers", "solutions", "-m", "gpu", success_codes=[0, 5])
    session.run("pytest", *katas, "--answers", "solutions")


@nox.session
def tests(session: nox.Session) -> None:
    """The repository's own tests, the proof of the graders among them."""
    prepare(session)
    session.run("pytest", *session.posargs)


@nox.session
def lint(session: nox.Session) -> None:
    """Style and types."""
    prepare(session)
    session.run("ruff", "check")
    session.run("ruff", "format", "--check")
    session.run("mypy")


@nox.session
def solutions(session: nox.Session) -> None:
    """Write the local branch `solutions`, in which every stub is solved."""
    prepare(session)
    session.run("python", "-m", "tools.solutions_branch")


@nox.session
def bench(session: nox.Session) -> None:
    """Cold and warm runs side by side; `-- --write` puts the table into docs/performance.md."""
    prepare(session)
    session.run("python", "-m", "tools.bench", *session.posargs)


@nox.session
def mutants(session: nox.Session) -> None:
    """Break the solutions mechanically; `-- q09 --write` for one kata and the tables in docs/."""
    prepare(session)
    session.run("python", "-m", "tools.mutants", *session.posargs)
