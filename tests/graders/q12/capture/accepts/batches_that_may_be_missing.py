"""Each batch is fetched as an optional, which says itself whether there is one."""

import time
from pathlib import Path

import tensorflow as tf

profiler = tf.profiler.experimental


def files_in(logdir):
    return set(Path(logdir).glob("plugins/profile/*/*.xplane.pb"))


def capture(logdir, step, dataset, steps, warmup=1):
    iterator = iter(dataset.take(warmup + steps))

    def run_one():
        batch = iterator.get_next_as_optional()
        if not batch.has_value():
            raise ValueError(f"fewer than {warmup + steps} batches")
        step(batch.get_value())

    for _ in range(warmup):
        run_one()
    before = files_in(logdir)
    if before:
        time.sleep(1.1)  # a capture is named after the second in which it ends
    profiler.start(str(logdir))
    try:
        for number in range(steps):
            with profiler.Trace("train", step_num=number, _r=1):
                run_one()
    finally:
        profiler.stop()
    (new,) = files_in(logdir) - before
    return str(new)
