"""start, stop and finally, any name and numbers, and a sleep of a second."""

import glob
import time

import tensorflow as tf


def capture(logdir, step, dataset, steps, warmup=1):
    profiler = tf.profiler.experimental
    pattern = f"{logdir}/plugins/profile/*/*.xplane.pb"
    batches = iter(dataset)

    def run():
        batch = next(batches, None)
        if batch is None:
            raise ValueError("too short")
        step(batch)

    for _ in range(warmup):
        run()
    there = set(glob.glob(pattern))
    if there:
        time.sleep(1.1)
    profiler.start(str(logdir))
    try:
        for i in range(steps):
            with profiler.Trace("my_step", step_num=100 + i, _r=0):
                run()
    finally:
        profiler.stop()
    return (set(glob.glob(pattern)) - there).pop()
