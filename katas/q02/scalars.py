"""Put a history of training into TensorBoard, as curves that can be compared."""


def log_history(logdir: str, history: dict[str, dict[str, list[float]]]) -> None:
    """Write `history` to event files, so that TensorBoard shows it on its Scalars tab.

    Each key of `history` becomes a run of that name, which TensorBoard takes from the folder
    below `logdir`; each metric becomes a tag of the run, with the metric's own name. So the
    curves of one metric are drawn into one chart, a line for each run.

    A tag has a scalar for every epoch, with the number of the epoch as its step: 0, 1, 2, ...
    All of it is on disk when the function returns. The function leaves nothing behind in the
    program: no default writer and no default step (`tf.summary.experimental.get_step()`).

    Args:
        logdir: a folder, which need not exist yet, and has no logs in it.
        history: by run, by metric, the values of all epochs. Runs have names such as "train",
            "val" or "fold_1/val", metrics such as "loss" or "accuracy"; neither is fixed, and
            runs need not have the same metrics, or epochs.
    """
    raise NotImplementedError
