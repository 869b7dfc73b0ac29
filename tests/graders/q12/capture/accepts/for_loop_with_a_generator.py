"""The steps are a generator that fetches, inside of a marker."""

import contextlib
import glob
import os
import time

import tensorflow as tf

profiler = tf.profiler.experimental


def marked(batches, steps):
    for number in range(1, steps + 1):
        with profiler.Trace("step", step_num=number, _r=1):
            try:
                batch = batches.get_next()
            except tf.errors.OutOfRangeError:
                raise ValueError("too few batches") from None
            yield batch


def capture(logdir, step, dataset, steps, warmup=1):
    logdir = os.fspath(logdir)
    batches = iter(dataset)
    for _ in range(warmup):
        batch = batches.get_next_as_optional()
        if not batch.has_value():
            raise ValueError("too few batches")
        step(batch.get_value())
    old = glob.glob(logdir + "/plugins/profile/*/*.xplane.pb")
    while old and time.strftime("%Y_%m_%d_%H_%M_%S") in "".join(old):
        time.sleep(0.1)
    with profiler.Profile(logdir), contextlib.closing(marked(batches, steps)) as loop:
        for batch in loop:
            step(batch)
        while old and time.strftime("%Y_%m_%d_%H_%M_%S") in "".join(old):
            time.sleep(0.1)
    return next(f for f in glob.glob(logdir + "/plugins/profile/*/*.xplane.pb") if f not in old)
