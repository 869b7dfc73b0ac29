"""Read what the profiler recorded, without a browser: for a report, or a check that runs at night.

The package xprof is what TensorBoard's Profile tab is made of. Its converters turn a recording
into the tables of the tools, as JSON:

    from xprof.convert import raw_to_tool_data
    raw_to_tool_data.xspace_to_tool_names([path])
    raw_to_tool_data.xspace_to_tool_data([path], "overview_page", {})

What comes back is a pair: the data and their content type. Look at both before you parse them.
The last argument has options; what a tool made of a file may be kept beside it.
The events themselves can be read, too: `xprof.profile_data.ProfileData.from_file(path)`.
"""

from os import PathLike


def top_ops(logdir: str | PathLike[str], n: int) -> list[tuple[str, int, float]]:
    """Name the `n` operations of the model that took the most time.

    What counts is the time in the operation itself, over all its runs. The work of tf.data's
    iterators is no operation of the model, and to be idle is none either.

    Args:
        logdir: holds captures in plugins/profile/RUN/HOST.xplane.pb, of one host each. What counts
            is the newest run: the one whose name is the last one in the order of the alphabet.
            The file may have been replaced since it was read last.
        n: how many to name; fewer come back if there are fewer.

    Returns:
        For each operation its name, how often it ran, and its time in milliseconds (total self
        time), the largest time first.

    Raises:
        FileNotFoundError: there is no capture.
    """
    raise NotImplementedError


def step_times(logdir: str | PathLike[str]) -> list[float]:
    """How long each marked step took, in milliseconds, in the order of the steps.

    Args:
        logdir: as for `top_ops`. The capture has at most 5 steps.

    Returns:
        A number for each step; an empty list if no step is marked.

    Raises:
        FileNotFoundError: there is no capture.
    """
    raise NotImplementedError


def input_share(logdir: str | PathLike[str]) -> float:
    """Which share of all step time the steps waited for their batches, from 0.0 to 1.0.

    Args:
        logdir: as for `top_ops`. The capture has at most 5 steps.

    Raises:
        FileNotFoundError: there is no capture.
        ValueError: no step is marked, so that there is no share.
    """
    raise NotImplementedError
