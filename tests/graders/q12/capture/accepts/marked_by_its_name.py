"""A marker of the name TraceContext is a step without `_r`."""

import os
import time
from pathlib import Path

import tensorflow as tf


class Numbered(tf.profiler.experimental.Trace):
    def __init__(self, number):
        super().__init__("TraceContext", step_num=number)


def capture(logdir, step, dataset, steps, warmup=1):
    batches, ended = iter(dataset), object()

    def one_step():
        batch = next(batches, ended)
        if batch is ended:
            raise ValueError(f"fewer than {warmup} + {steps} batches")
        step(batch)

    for _ in range(warmup):
        one_step()
    runs = Path(logdir, "plugins", "profile")
    old = set(runs.glob("*/*.xplane.pb"))
    with tf.profiler.experimental.Profile(os.fspath(logdir)):
        try:
            for number in range(steps):
                with Numbered(number):
                    one_step()
        finally:
            while (runs / time.strftime("%Y_%m_%d_%H_%M_%S")).exists():
                time.sleep(0.02)
    return str(next(iter(set(runs.glob("*/*.xplane.pb")) - old)))
