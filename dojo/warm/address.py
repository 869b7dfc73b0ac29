"""Where a checkout's warm process is found: a file that only its user can read."""

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

# Read by TensorFlow, Keras or Python while they are imported, so a change needs a new process.
IMPORT_VARIABLES = ("TF_", "XLA_", "CUDA_", "KERAS_", "OMP_", "PYTHON", "LD_", "VIRTUAL_ENV")
# Nothing at import time depends on these.
HARMLESS = {"TF_CPP_MIN_LOG_LEVEL", "PYTHONDONTWRITEBYTECODE", "TF_KATAS_HOME"}


class HomeError(Exception):
    """The folder for the socket belongs to somebody else, or others can read it."""


@dataclass(frozen=True)
class Address:
    """How to reach a server, and for which state of the checkout it is good."""

    pid: int
    address: str | tuple[str, int]
    key: str
    fingerprint: str


@dataclass(frozen=True)
class Home:
    """The folder of one checkout's warm process; TF_KATAS_HOME names another one."""

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
        name = hashlib.sha256(f"{root.resolve()}\n{sys.prefix}".encode()).hexdigest()[:12]
        return Home(base / name, root)

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
        self.folder.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        self.folder.mkdir(mode=0o700, exist_ok=True)
        if sys.platform != "win32":
            for folder in (self.folder.parent, self.folder):
                state = folder.lstat()
                if state.st_uid != os.getuid() or state.st_mode & 0o077:
                    raise HomeError(f"{folder} is open to other users; remove it.")

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


def fingerprint(root: Path) -> str:
    """Changes when the environment or the harness does: a warm process is then out of date."""
    return hashlib.sha256("\n".join(traits(root)).encode()).hexdigest()


def traits(root: Path) -> Iterator[str]:
    yield sys.version
    for name in sorted(os.environ):
        if name.startswith(IMPORT_VARIABLES) and name not in HARMLESS:
            yield f"{name}={os.environ[name]}"
    here = Path(__file__).parents[1]
    files = [*sorted(here.rglob("*.py")), root / "conftest.py", root / "pyproject.toml"]
    packages = Path(sysconfig.get_path("purelib"))  # changes with every installation
    for path in (*files, packages):
        if path.exists():
            state = path.stat()
            yield f"{path} {state.st_mtime_ns} {state.st_size}"
