"""Read what a training run has logged, and name what is wrong with its gradients."""

VANISHING = 1e-6
EXPLODING = 1e3


def diagnose(logdir: str) -> dict[str, str]:
    """Name the state of each variable's gradient, from the event files of one run.

    The run has histograms of gradients, as `tf.summary.histogram` writes them, under the tag
    `grad/<path>` for the variable `<path>`, which may have slashes in it, such as
    `grad/sequential/dense/kernel`. Each of their points is a table of buckets, float64 of shape
    [buckets, 3], with the row [left edge, right edge, count] for each bucket. The first left edge
    is the smallest value of the gradient, and the last right edge the largest. If any value was
    NaN or infinite, there are edges that are NaN or infinite.

    The state of a variable is

    - "nan" if there is an edge that is NaN or infinite, at any step of the run.

    Otherwise it depends on its point with the largest step alone. With the size of the gradient,
    which is the largest absolute value in it, the state is then

    - "dead" if the size is 0,
    - "vanishing" if the size is less than VANISHING, but not 0,
    - "exploding" if the size is more than EXPLODING,
    - "ok" otherwise.

    Under `grad/` there are histograms only; all other tags, of any kind, do not matter.

    Args:
        logdir: the folder of the run. It has one event file, or several if training was stopped
            and resumed, with up to some thousand points for each tag.

    Returns:
        The state of each variable that has such histograms, by its path, as in
        {"sequential/dense/kernel": "vanishing"}.

    Raises:
        ValueError: there is no histogram of a gradient. An empty answer would look like a run in
            which nothing is wrong.
    """
    raise NotImplementedError
