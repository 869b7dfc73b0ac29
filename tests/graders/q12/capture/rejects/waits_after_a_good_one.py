"""After a good capture it waits for another second, and after one that failed it does not.

breaks: "Two captures within a second are two files"
fails: test_captures_do_not_replace_each_other
"""

import os
import time
from pathlib import Path

import tensorflow as tf


def next_batch(iterator, number, needed):
    try:
        return next(iterator)
    except StopIteration:
        raise ValueError(f"the dataset has {number} batches, {needed} are needed") from None


def recordings(logdir):
    return set(Path(logdir, "plugins", "profile").glob("*/*.xplane.pb"))


def wait_for_free_second(logdir):
    """The profiler names a run by the second in which it stops."""
    last = max((file.stat().st_mtime for file in recordings(logdir)), default=0.0)
    while 0 <= time.time() - int(last) < 1.05:
        time.sleep(0.02)


def capture(logdir, step, dataset, steps, warmup=1):
    logdir = os.fspath(logdir)
    needed = warmup + steps
    iterator = iter(dataset)
    for i in range(warmup):
        batch = next_batch(iterator, i, needed)
        step(batch)
    before = recordings(logdir)
    tf.profiler.experimental.start(logdir)
    try:
        for i in range(warmup, needed):
            with tf.profiler.experimental.Trace("train", step_num=i, _r=1):
                batch = next_batch(iterator, i, needed)
                step(batch)
    finally:
        tf.profiler.experimental.stop()
    time.sleep(1.0)
    return str(max(recordings(logdir), key=os.path.getmtime))
