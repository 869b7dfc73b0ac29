"""Captured in a folder of its own, which is moved to a free name."""

import itertools
import os
import shutil
import tempfile
from pathlib import Path

import tensorflow as tf


def capture(logdir, step, dataset, steps, warmup=1):
    batches = iter(dataset)
    home = Path(logdir, "plugins", "profile")
    with tempfile.TemporaryDirectory() as aside:
        try:
            for _ in range(warmup):
                step(following(batches))
            with tf.profiler.experimental.Profile(aside):
                for _ in range(steps):
                    with tf.profiler.experimental.Trace("step", step_num=next(counter), _r=1):
                        step(following(batches))
        finally:
            found = list(Path(aside).glob("plugins/profile/*"))
            for run in found:
                names = (f"{run.name}_{n}" for n in itertools.count())
                free = next(name for name in names if not (home / name).exists())
                home.mkdir(parents=True, exist_ok=True)
                shutil.move(run, home / free)
    (file,) = (home / free).glob("*.xplane.pb")
    return os.fspath(file)


def following(batches):
    for batch in batches:
        return batch
    raise ValueError("too few batches")


counter = itertools.count()
