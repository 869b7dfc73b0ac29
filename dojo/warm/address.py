"""Where a checkout's warm process is found: a file that only its user can read.

A warm process is good for one checkout, one Python environment, and one setting of the variables
that TensorFlow, Keras and Python read when they are imported. Where these differ, several can be
up at the same time. A changed harness or environment makes it out of date.
"""

from __future__ import annotations

import hashlib
import json
import os
import sys
import sysconfig
import tempfile
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import BinaryIO

# Read by TensorFlow, Keras, the libraries below them, or Python, when they start.
READ_AT_IMPORT = (
    *("TF_", "XLA_", "CUDA_", "KERAS_", "OMP_", "OPENBLAS_", "MKL_", "LD_", "DYLD_"),
    *("PYTHONHASHSEED", "PYTHONOPTIMIZE", "PYTHONHOME", "PYTHONUTF8", "PYTHONDEVMODE"),
)
# Read later, in the process that runs the tests.
READ_LATER = ("TF_KATAS_", "TF_SERVING_", "TF_CONFIG", "TF_CPP_", "CUDA_VISIBLE_DEVICES")
IMPORTED = ("tensorflow", "keras", "numpy", "pytest", "_pytest")
DOJO = Path(__file__).resolve().parents[1]


class HomeError(Exception):
    """The folder for the socket cannot be used; the text says why."""


@dataclass(frozen=True)
class Address:
    """How to reach a server, and for which state of the checkout it is good."""

    pid: int
    address: str | tuple[str, int]
    key: str
    fingerprint: str


@dataclass(frozen=True)
class Home:
    """The folder of one warm process; TF_KATAS_HOME says where these folders are."""

    folder: Path
    root: Path

    @staticmethod
    def of(root: Path) -> Home:
        runtime = os.environ.get("XDG_RUNTIME_DIR") or tempfile.gettempdir()
        base = Path(os.environ.get("TF_KATAS_HOME") or Path(runtime, f"tf-katas-{user()}"))
        return Home.within(base, root)

    @staticmethod
    def within(base: Path, root: Path) -> Home:
        """The home that a process with this TF_KATAS_HOME finds."""
        identity = "\n".join([str(root.resolve()), sys.prefix, sys.version, *settings()])
        return Home(base / digest(identity)[:12], root)

    @property
    def file(self) -> Path:
        return self.folder / "address.json"

    @property
    def socket(self) -> Path:
        return self.folder / "socket"

    @property
    def log(self) -> Path:
        return self.folder / "log"

    def make(self) -> None:
        """Make the folder, for this user alone; raises HomeError."""
        try:
            self.folder.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
            self.folder.mkdir(mode=0o700, exist_ok=True)
        except OSError as error:
            raise HomeError(f"{self.folder} cannot be made: {error.strerror}.") from None
        if sys.platform != "win32":
            for folder in (self.folder.parent, self.folder):
                state = folder.lstat()
                if state.st_uid != os.getuid() or state.st_mode & 0o077:
                    raise HomeError(f"{folder} is open to other users; remove it.")

    def opened_log(self) -> BinaryIO:
        """For what the process says that is going to be up here; raises HomeError."""
        try:
            return self.log.open("wb")
        except OSError as error:
            raise HomeError(f"{self.log} cannot be written: {error.strerror}.") from None

    def write(self, address: Address) -> None:
        draft = self.file.with_suffix(".new")
        with open(os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "w") as file:
            json.dump(asdict(address), file)
        draft.replace(self.file)

    def read(self) -> Address | None:
        """The address of the server that was last up here, which may be gone or stale."""
        try:
            data = json.loads(self.file.read_text())
            if isinstance(data["address"], list):
                data["address"] = tuple(data["address"])
            return Address(**data)
        except (OSError, ValueError, TypeError, KeyError):
            return None

    def clear(self) -> None:
        for file in (self.file, self.socket):
            file.unlink(missing_ok=True)


def user() -> str:
    return str(os.getuid()) if sys.platform != "win32" else os.environ.get("USERNAME", "user")


def settings() -> Iterator[str]:
    """What the imports depend on beside the checkout and the interpreter."""
    for name in sorted(os.environ):
        if name.startswith(READ_AT_IMPORT) and not name.startswith(READ_LATER):
            yield f"{name}={os.environ[name]}"
    for folder in filter(None, os.environ.get("PYTHONPATH", "").split(os.pathsep)):
        if any(Path(folder, name).exists() for name in IMPORTED):
            yield f"PYTHONPATH {folder}"


def fingerprint(root: Path) -> str:
    """Changes when the harness or an installation does: a warm process is then out of date."""
    files = [*sorted(DOJO.rglob("*.py")), root / "conftest.py", root / "pyproject.toml"]
    packages = Path(sysconfig.get_path("purelib"))  # changes with every installation
    states = [(path, path.stat()) for path in (*files, packages) if path.exists()]
    return digest("\n".join(f"{path} {s.st_mtime_ns} {s.st_size}" for path, s in states))


def digest(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()
