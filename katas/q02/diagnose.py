"""Read what a training run has logged, and name what is wrong with its gradients."""

VANISHING = 1e-6
EXPLODING = 1e3


def diagnose(logdir: str) -> dict[str, str]:
    """Name the state of each variable's gradient, from the event files of one run.

    >>> with tf.summary.create_file_writer("logs").as_default(step=1):
    ...     ok = tf.summary.histogram("grad/net/top/kernel", [2e-9, -1e-8])
    >>> diagnose("logs")
    {'net/top/kernel': 'vanishing'}

    Histograms of gradients are under `grad/<path>`. A point is an array of shape [buckets, 3], with
    rows [left edge, right edge, count]. The first left edge is the smallest value, the last right
    edge the largest. NaN or infinity among the values makes edges that are NaN or infinite.

    - The size of a gradient is its largest absolute value at the last step.

    Returns:
        The states by path, which is the whole rest of a tag that begins with `grad/`. A state is
        the first of these that holds.

        - `nan`: an edge is NaN or infinite, at any of hundreds of steps.
        - `dead`: the size is 0.
        - `vanishing`: the size is less than VANISHING.
        - `exploding`: the size is more than EXPLODING.
        - `ok`: none of these.

    Raises:
        ValueError: there is no tag that begins with `grad/`.

    Beyond the idea:
        - The last step is the largest one, wherever it stands.
        - A run that was resumed has several event files in its folder.
        - Folders in it are other runs.
        - Other tags may be of any name and kind.
    """
    raise NotImplementedError
