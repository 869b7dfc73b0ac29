"""Takes drive_7, wherever it stands in the path, for the drive. All other folders count as one.

breaks: "All frames of a drive are on the same side", "on the folders above", "is close to
`validation_share`"
fails: test_another_machine_splits_alike, test_share_is_close
"""

import hashlib
import re

import tensorflow as tf


def place(drive: str) -> float:
    """A number from 0 to 1 that belongs to this drive for ever."""
    digest = hashlib.sha256(drive.encode()).digest()
    return int.from_bytes(digest[:8], "big") / 2**64


def split(paths: list[str], validation_share: float) -> tuple[tf.data.Dataset, tf.data.Dataset]:
    """Two datasets of paths: training and validation."""
    training: list[str] = []
    validation: list[str] = []
    for path in paths:
        drive = re.search(r"drive_\d+", path)
        held_out = place(drive.group() if drive else "") < validation_share
        (validation if held_out else training).append(path)
    # The sides are fixed before anything is shuffled.
    buffer = max(len(training), 1)
    return (
        tf.data.Dataset.from_tensor_slices(tf.constant(training, tf.string)).shuffle(buffer),
        tf.data.Dataset.from_tensor_slices(tf.constant(validation, tf.string)),
    )
