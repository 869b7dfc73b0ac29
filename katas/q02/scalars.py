"""Put a history of training into TensorBoard, as curves that can be compared."""


def log_history(logdir: str, history: dict[str, dict[str, list[float]]]) -> None:
    """Write a history to event files, for TensorBoard's Scalars tab.

    >>> log_history("logs", {"train": {"loss": [0.9, 0.4]}, "val": {"loss": [0.8, 0.7]}})
    >>> sorted(tf.io.gfile.listdir("logs"))
    ['train', 'val']

    `history[run][metric]` is a list with a value for each epoch. A run of TensorBoard is a folder
    with event files: `logs/train` is the run "train" of `logs`.

    - Each run of the history is a run of TensorBoard with the same name.
    - Each metric is a scalar, and its tag is the name of the metric.
    - Each value is a point at the step of its epoch, from 0.
    - There are no other runs and tags.
    - All points are on disk when the function returns.
    - No default writer and no default step is left behind.

    Beyond the idea:
        - Names may have slashes, spaces and signs, such as "fold_1/val" and "top-5 acc. (%)".
        - Runs may have different metrics, and metrics different lengths.
        - NaN, infinity and 0.0 are points as well.
    """
    raise NotImplementedError
