"""Hands back lists of paths, shuffled once.

breaks: "two datasets whose elements are paths, scalar strings"
fails: all
"""

import hashlib
import random
from pathlib import PurePosixPath


def place(drive):
    return int(hashlib.md5(drive.encode()).hexdigest(), 16) % 1000 / 1000


def split(paths, validation_share):
    drive_of = {path: PurePosixPath(path).parent.name for path in paths}
    validation = [path for path in paths if place(drive_of[path]) < validation_share]
    training = [path for path in paths if place(drive_of[path]) >= validation_share]
    training = random.sample(training, len(training))
    return training, validation
