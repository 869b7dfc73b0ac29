"""Probes of q04."""

from __future__ import annotations

import tempfile
from pathlib import Path
from types import ModuleType
from typing import Any

import tensorflow as tf


def batches(
    stub: ModuleType, files: list[Any], empty: str, image_size: list[int], batch_size: int
) -> list[Any]:
    """The names of the classes and all batches, for a folder with these image files in it."""
    with tempfile.TemporaryDirectory() as folder:
        Path(folder, empty).mkdir()
        for name, pixels in files:
            file = Path(folder, name)
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_bytes(tf.io.encode_png(pixels).numpy())
        dataset, names = stub.load(folder, tuple(image_size), batch_size)
        return [list(names), [list(batch) for batch in dataset]]
