"""Read what the profiler recorded, without a browser.

A capture is LOGDIR/plugins/profile/RUN/HOST.xplane.pb. The package xprof turns it into the tables
of TensorBoard's Profile tab, as JSON. Here it has one host, no GPU, and at most 5 steps.

>>> from xprof.convert.raw_to_tool_data import xspace_to_tool_data
>>> from lab.xplane import training_step, write
>>> file = write(training_step(0), "logs")
>>> table, content_type = xspace_to_tool_data([str(file)], "overview_page", {})  # {}: options
>>> content_type
'application/json'
"""

from os import PathLike


def top_ops(logdir: str | PathLike[str], n: int) -> list[tuple[str, int, float]]:
    """Name the `n` operations that took the most time.

    >>> from lab.xplane import training_step, write
    >>> ops = {"dense/MatMul:MatMul": 500.0, "aug/Svd:Svd": 2000.0}  # microseconds in each step
    >>> file = write(training_step(0, ops=ops) + training_step(1, ops=ops), "logs")
    >>> top_ops("logs", 2)
    [('aug/Svd', 2, 4.0), ('dense/MatMul', 2, 1.0)]

    - Idle time is no operation.
    - Neither are the iterators of tf.data, whose type is Dataset.
    - Operations in a map of tf.data count, whatever their names.

    Args:
        logdir: of several RUNs, the last in the alphabet counts.
        n: how many to name; if there are fewer, all of them.

    Returns:
        For each operation its name, how often it ran, and its self time in milliseconds, summed
        over all executions. The largest time comes first.

    Raises:
        FileNotFoundError: there is no capture.

    Beyond the idea:
        - The time of an operation within another one is no self time of the outer one.
        - All three functions read a file anew that was replaced.
    """
    raise NotImplementedError


def step_times(logdir: str | PathLike[str]) -> list[float]:
    """How long each step took.

    >>> from lab.xplane import training_step, write
    >>> file = write(training_step(0) + training_step(1), "logs")
    >>> step_times("logs")
    [10.0, 10.0]

    Args:
        logdir: as for `top_ops`.

    Returns:
        For each step its time in milliseconds, in the order in which they begin. A step is an event
        with the facts `step_num` and `_r`, as in `diagnose`, and not one with `step_num` alone. All
        that happens from its start to its end is its time, Python, too. [] if there is no step.

    Raises:
        FileNotFoundError: there is no capture.
    """
    raise NotImplementedError


def input_share(logdir: str | PathLike[str]) -> float:
    """Which share of all step time the steps waited for their batches.

    >>> from lab.xplane import training_step, write
    >>> file = write(training_step(0, wait=6000) + training_step(1, wait=2000), "logs")
    >>> round(input_share("logs"), 2)
    0.4

    Args:
        logdir: as for `top_ops`.

    Returns:
        A share from 0.0 to 1.0. All waits for a batch within steps are divided by the time of all
        steps. What Python does between the batch and the call is no wait. 0.0 if no step waits.

    Raises:
        FileNotFoundError: there is no capture.
        ValueError: there is no step, so there is no share.
    """
    raise NotImplementedError
