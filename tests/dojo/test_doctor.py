"""`dojo doctor`: a line for each thing, with what to do where something is missing."""

from __future__ import annotations

import shutil
import socket
from pathlib import Path

import pytest

from dojo.learner import doctor
from dojo.learner.doctor import Finding, examine, package, room, wrapped
from tests import toy


def found(root: Path) -> dict[str, Finding]:
    return {finding.what: finding for finding in examine(root)}


def test_this_machine_is_well(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TF_KATAS_HOME", str(tmp_path / "home"))
    seen = found(toy.build(tmp_path))
    assert seen.keys() >= {"Python", "tensorflow", "processor", "GPU", "ports", "disk", "warm"}
    assert not [finding for finding in seen.values() if finding.word == "trouble"]
    assert "none is up; `dojo warm` starts one." in seen["warm"].text


def test_what_is_missing_is_told_with_what_to_do() -> None:
    assert package("no-such-package").text == "not installed: `pip install -e .` in the checkout."
    assert room("disk", 0, doctor.GIB, "make room").text == (
        "0.0 GB free, and 1 are used at times: make room."
    )


def test_what_the_system_forbids_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def forbidden(*_: object) -> None:
        raise OSError(13, "Permission denied")

    home = tmp_path / "home"
    home.mkdir(mode=0o755)
    home.chmod(0o755)
    monkeypatch.setenv("TF_KATAS_HOME", str(home))
    monkeypatch.setattr(socket, "create_server", forbidden)
    monkeypatch.setattr(shutil, "which", lambda _: None)
    monkeypatch.setattr(doctor, "PYTHONS", ((3, 8), (3, 9)))
    monkeypatch.setattr(doctor, "needs_polling", lambda _: True)
    seen = found(toy.build(tmp_path))
    words = {what: seen[what].word for what in ("Python", "ports", "git", "warm", "saves")}
    assert words == {
        "Python": "trouble",
        "ports": "trouble",
        **dict.fromkeys(("git", "warm", "saves"), "note"),
    }


def test_a_narrow_terminal(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COLUMNS", "40")
    monkeypatch.setenv("NO_COLOR", "1")
    text = wrapped(Finding("note", "saves", "word " * 20))
    assert max(map(len, text.splitlines())) <= 40
