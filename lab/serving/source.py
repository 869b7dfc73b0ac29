"""Looks at the folders of the models, again and again, and says which versions are wanted.

Source: sources/storage_path/file_system_storage_path_source.cc.
"""

from __future__ import annotations

import threading
from collections.abc import Callable, Mapping
from pathlib import Path

from tensorflow_serving.config.model_server_config_pb2 import ModelConfig

from lab.serving.errors import RefusedError
from lab.serving.versions import aspired

LONGEST_WAIT = 2  # seconds for a test that holds a server up


class Source:
    """A thread that looks at the folders.

    Args:
        aspire: told the versions of each model, after each look.
        seconds: between two looks. 0 means one look and no more; less, none at all.
        log: told what goes wrong.

    Attributes:
        models: whose folders are looked at.
        may_look: while it is cleared, the thread does not look, for some seconds.
    """

    def __init__(
        self,
        aspire: Callable[[str, Mapping[int, Path]], None],
        seconds: float,
        log: Callable[[str], None],
    ):
        self.aspire, self.seconds, self.log = aspire, seconds, log
        self.models: list[ModelConfig] = []
        self.lock, self.end, self.may_look = threading.Lock(), threading.Event(), threading.Event()
        self.may_look.set()
        self.thread = threading.Thread(target=self.look_again_and_again, daemon=True)

    def look_again_and_again(self) -> None:
        if self.seconds < 0:
            return
        while not self.end.is_set():
            self.may_look.wait(LONGEST_WAIT)
            self.look()
            if not self.seconds or self.end.wait(self.seconds):
                return

    def change(self, models: list[ModelConfig]) -> None:
        """Models that are gone are not wanted from now on. All else waits for the next look.

        The first look is at once.
        """
        with self.lock:
            gone = {model.name for model in self.models} - {model.name for model in models}
            self.models = models
            for name in gone:
                self.aspire(name, {})
        if not self.thread.ident:
            self.thread.start()

    def look(self) -> None:
        """If the folder of one model is not there, nothing happens for any model."""
        with self.lock:
            try:
                wanted = {model.name: aspired(model) for model in self.models}
            except (RefusedError, OSError) as error:
                self.log(f"The file system source has met an error: {error}")
                return
            for name, folders in wanted.items():
                self.aspire(name, folders)

    def close(self) -> None:
        self.end.set()
        self.may_look.set()
        if self.thread.is_alive():
            self.thread.join()
