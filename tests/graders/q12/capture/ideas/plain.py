"""The usual loop, with markers: it waits for no free name, and stops the profiler at the end."""

from pathlib import Path

import tensorflow as tf


def capture(logdir, step, dataset, steps, warmup=1):
    batches = iter(dataset)
    try:
        for _ in range(warmup):
            step(next(batches))
        tf.profiler.experimental.start(str(logdir))
        for i in range(steps):
            with tf.profiler.experimental.Trace("train", step_num=i, _r=1):
                step(next(batches))
    except StopIteration:
        raise ValueError("not enough batches") from None
    tf.profiler.experimental.stop()
    return str(max(Path(logdir).glob("plugins/profile/*/*.xplane.pb")))
