"""Versions that come and go in the background, while requests use them.

Source: core/basic_manager.cc, core/loader_harness.cc, core/availability_preserving_policy.cc and
core/servable_state_monitor.cc.
"""

from __future__ import annotations

import threading
from collections.abc import Callable, Collection, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import grpc
from tensorflow_serving.apis.get_model_status_pb2 import ModelVersionStatus

from lab.serving.errors import RefusedError
from lab.serving.servable import Servable
from lab.serving.source import LONGEST_WAIT

Key = tuple[str, int]  # name of a model and number of a version
START, LOADING, AVAILABLE, UNLOADING, END = (
    ModelVersionStatus.State.Value(name)
    for name in ("START", "LOADING", "AVAILABLE", "UNLOADING", "END")
)


@dataclass(eq=False)
class Version:
    """What is known of a version, also when it is gone.

    Attributes:
        folder: where it is.
        is_wanted: whether the last look at the files asked for it.
        state: of ModelVersionStatus.
        error: why it did not load.
        servable: what answers, while it is available or going.
        users: how many requests it is answering.
    """

    folder: Path
    is_wanted: bool = True
    state: int = START
    error: RefusedError | None = None
    servable: Servable | None = None
    users: int = 0

    def has_to_begin_anew(self) -> bool:
        """Whether it has ended, but not because it does not load and is wanted still."""
        return self.state == END and not (self.error and self.is_wanted)


Step = tuple[Callable[[Version], None], Version]


class Manager:
    """Loads what is wanted and unloads what is not, one version after the other, in a thread.

    A version that is available goes only when another one that is wanted is there, or if none is
    wanted; and only when the requests that it is answering are done.

    Args:
        load: makes a Servable of a folder.
        most_retries: how often a load that has failed is tried again.
        seconds_between_tries: which may be fractions.
        log: told what goes wrong.

    Attributes:
        may_load: while it is cleared, a version that is loading goes on loading, for some seconds.
    """

    def __init__(
        self,
        load: Callable[[Path], Servable],
        most_retries: int,
        seconds_between_tries: float,
        log: Callable[[str], None],
    ):
        self.make, self.log = load, log
        self.most_retries, self.seconds_between_tries = most_retries, seconds_between_tries
        self.versions: dict[Key, Version] = {}
        self.changed = threading.Condition()
        self.is_idle, self.has_ended = True, False
        self.may_load = threading.Event()
        self.may_load.set()
        self.thread = threading.Thread(target=self.work, name="versions", daemon=True)
        self.thread.start()

    def aspire(self, name: str, folders: Mapping[int, Path]) -> None:
        """Say which versions of a model are wanted."""
        with self.changed:
            for (model, number), version in self.versions.items():
                if model == name:
                    version.is_wanted &= number in folders
            for number, folder in folders.items():
                known = self.versions.get((name, number))
                if known is None or known.has_to_begin_anew():
                    self.versions[name, number] = Version(folder)
                else:
                    known.is_wanted = True
            self.changed.notify_all()

    def work(self) -> None:
        while step := self.await_step():
            do, version = step
            do(version)
            with self.changed:
                self.is_idle = True
                self.changed.notify_all()

    def await_step(self) -> Step | None:
        """What is to be done next; nothing at the end."""
        with self.changed:
            self.changed.wait_for(lambda: self.has_ended or self.next_step())
            step = None if self.has_ended else self.next_step()
            self.is_idle = not step
            return step

    def next_step(self) -> Step | None:
        for name in {name for name, _ in self.versions}:
            versions = list(self.of(name).values())
            wanted = [version for version in versions if version.is_wanted]
            serving = [version for version in versions if version.state == AVAILABLE]
            left = [version for version in serving if not version.is_wanted]
            if left and (not wanted or len(left) > 1 or len(left) < len(serving)):
                return self.unload, left[-1]
            if new := [version for version in wanted if version.state == START]:
                return self.load, new[0]
        return None

    def load(self, version: Version) -> None:
        self.put(version, LOADING)
        error = None
        for attempt in range(1 + max(0, self.most_retries)):
            if attempt:
                seconds = max(0.0, self.seconds_between_tries)
                self.wait(lambda: self.has_ended or not version.is_wanted, seconds)
            if self.has_ended or (attempt and not version.is_wanted):
                break
            try:
                servable = self.make(version.folder)
            except RefusedError as refused:
                error = refused
                self.log(f"Loading {version.folder} failed: {refused}")
            else:
                self.may_load.wait(LONGEST_WAIT)
                version.servable = servable
                self.put(version, AVAILABLE)
                return
        self.may_load.wait(LONGEST_WAIT)
        version.error = error
        self.put(version, END)

    def unload(self, version: Version) -> None:
        self.put(version, UNLOADING)
        self.wait(lambda: self.has_ended or not version.users)
        if version.servable and not version.users:
            version.servable.close()
            version.servable = None
        self.put(version, END)

    def put(self, version: Version, state: int) -> None:
        with self.changed:
            version.state = state
            self.changed.notify_all()

    def wait(self, is_done: Callable[[], object], seconds: float | None = None) -> None:
        with self.changed:
            self.changed.wait_for(is_done, seconds)

    def settle(self) -> None:
        """Wait until all is loaded and unloaded that can be."""
        self.wait(lambda: self.has_ended or (self.is_idle and not self.next_step()))

    def wait_until_available(self, names: Collection[str], kind: str) -> None:
        """Wait until a version of each of these models is available; for ever, if none is there.

        Raises:
            RefusedError: UNKNOWN, if the versions of some fail; `kind` is what they are called.
        """
        with self.changed:
            self.changed.wait_for(
                lambda: self.has_ended or all(self.fate_of(n) is not None for n in names)
            )
            failed = [n for n in sorted(names) if self.fate_of(n) == END]
            said = [
                f"{{{{name: {name} version: {number}}} due to error: {version.error}}}, "
                for name in failed
                for number, version in self.of(name).items()
                if version.is_wanted
            ]
        if said:
            message = f"{len(said)} {kind}(s) did not become available: {{{''.join(said)}}}"
            raise RefusedError(grpc.StatusCode.UNKNOWN, message)

    def fate_of(self, name: str) -> int | None:
        """AVAILABLE if a version that is wanted is; END if all of them have failed."""
        states = {version.state for version in self.of(name).values() if version.is_wanted}
        return AVAILABLE if AVAILABLE in states else END if states == {END} else None

    def of(self, name: str) -> dict[int, Version]:
        """The versions of a model, the highest first."""
        found = {n: v for (model, n), v in self.versions.items() if model == name}
        return dict(sorted(found.items(), reverse=True))

    @contextmanager
    def using(self, name: str, number: int | None) -> Iterator[tuple[int, Servable] | None]:
        """A version that is available, or the latest one; it does not go meanwhile."""
        with self.changed:
            there = {n: v for n, v in self.of(name).items() if v.state == AVAILABLE}
            number = next(iter(there), -1) if number is None else number
            version = there.get(number)
            if version:
                version.users += 1
        if version is None or version.servable is None:
            yield None
            return
        try:
            yield number, version.servable
        finally:
            with self.changed:
                version.users -= 1
                self.changed.notify_all()

    def close(self) -> None:
        with self.changed:
            self.has_ended = True
            self.changed.notify_all()
        self.may_load.set()
        self.thread.join()
        with self.changed:
            self.changed.wait_for(lambda: not any(v.users for v in self.versions.values()), 5)
        for version in self.versions.values():
            if version.servable and not version.users:
                version.servable.close()
